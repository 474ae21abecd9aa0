// Makes up messages of any type and writes them as ROS 2 does, with @foxglove/rosmsg2-serialization.
// Standard input has a JSON object a line: {"name": "pkg/msg/Name", "definition": TEXT, "count": N}. For each comes a line with a list of hexadecimal texts.
import { readFileSync } from "node:fs";
import { parse } from "@foxglove/rosmsg";
import { MessageWriter } from "@foxglove/rosmsg2-serialization";

const ranges = {
  int8: [-128, 127], uint8: [0, 255], byte: [0, 255], char: [0, 255], int16: [-32768, 32767], uint16: [0, 65535],
  int32: [-2147483648, 2147483647], uint32: [0, 4294967295],
};
const long = { int64: [-(2n ** 63n), 2n ** 63n - 1n], uint64: [0n, 2n ** 64n - 1n] };
const texts = ["", "map", "größer", "机器人", "\u{1F916}", "two\nlines"];

let state = 1;
function below(n) {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((state / 0x80000000) * n);
}

function one(type, definitions) {
  if (type in ranges) return [...ranges[type], below(100)][below(3)];
  if (type in long) return [...long[type], BigInt(below(100))][below(3)];
  if (type === "bool") return below(2) === 1;
  if (type === "float32" || type === "float64") return [0.5, -1e10, Infinity, NaN, below(1000) / 8][below(5)];
  if (type === "string") return texts[below(texts.length)];
  if (type === "time" || type === "duration") return { sec: below(2 ** 31), nanosec: below(1e9) };
  return filled(definitions.get(type), definitions);
}

function filled(fields, definitions) {
  const message = {};
  for (const { name, type, isArray, arrayLength, arrayUpperBound, isConstant } of fields) {
    if (isConstant) continue;
    const count = arrayLength ?? below(Math.min(arrayUpperBound ?? 4, 4));
    message[name] = isArray ? Array.from({ length: count }, () => one(type, definitions)) : one(type, definitions);
  }
  return message;
}

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { definition, count } = JSON.parse(line);
  const parsed = parse(definition, { ros2: true });
  const definitions = new Map(parsed.filter((part) => part.name).map((part) => [part.name, part.definitions]));
  const writer = new MessageWriter(parsed);
  const top = parsed.find((part) => !part.name) ?? parsed[0];
  const messages = Array.from({ length: count }, () => Buffer.from(writer.writeMessage(filled(top.definitions, definitions))).toString("hex"));
  process.stdout.write(JSON.stringify(messages) + "\n");
}
