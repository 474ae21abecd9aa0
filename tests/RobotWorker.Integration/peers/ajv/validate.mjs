// Reads {schema, documents} from standard input and prints, for each document, whether the schema accepts it: [true, false, ...].
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const { schema, documents } = JSON.parse(readFileSync(0, "utf8"));
const validate = new Ajv2020.default({ strict: true, allowUnionTypes: true }).compile(schema);
process.stdout.write(JSON.stringify(documents.map((document) => validate(document))));
