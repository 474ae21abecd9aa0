// Prints what an MCAP file holds, a JSON object a line, as independent packages understand it.
//   node read.mjs FILE            by the summary and the indexes
//   node read.mjs --scan FILE     from the beginning to the end, as for a file without a summary
//   node read.mjs --count FILE    only how many messages of each topic there are, every one of them decoded
import { open, readFile } from "node:fs/promises";
import { parse } from "@foxglove/rosmsg";
import { MessageReader } from "@foxglove/rosmsg2-serialization";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { FileHandleReadable } from "@mcap/nodejs";
import { loadDecompressHandlers } from "@mcap/support";

const decompressHandlers = await loadDecompressHandlers();
const decoders = new Map();
const lines = [];

// JSON has no 64-bit integers, no NaN and no bytes.
function plain(_name, value) {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value, (item) => plain("", item));
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}

function print(kind, fields) {
  lines.push(JSON.stringify({ kind, ...fields }, plain));
}

function decode(channel, schema, data) {
  if (channel.messageEncoding === "json") return JSON.parse(new TextDecoder().decode(data));
  let decoder = decoders.get(schema.id);
  if (decoder == undefined) {
    const definition = parse(new TextDecoder().decode(schema.data), { ros2: true });
    decoder = new MessageReader(definition, { timeType: "sec,nanosec" });
    decoders.set(schema.id, decoder);
  }
  return decoder.readMessage(data);
}

function printMessage(message, channel, schema) {
  const { sequence, logTime, publishTime } = message;
  print("message", {
    topic: channel.topic, schema: schema.name, encoding: channel.messageEncoding, sequence, logTime, publishTime,
    message: decode(channel, schema, message.data),
  });
}

function printAttachment({ name, mediaType, logTime, data }) {
  print("attachment", { name, mediaType, logTime, text: new TextDecoder().decode(data) });
}

async function byIndex(path) {
  const file = await open(path, "r");
  const reader = await McapIndexedReader.Initialize({ readable: new FileHandleReadable(file), decompressHandlers });
  print("header", { profile: reader.header.profile, library: reader.header.library });
  print("statistics", { ...reader.statistics });
  for (const channel of reader.channelsById.values()) print("channel", { topic: channel.topic, metadata: channel.metadata });
  for await (const record of reader.readMetadata()) print("metadata", { name: record.name, metadata: record.metadata });
  for await (const record of reader.readAttachments()) printAttachment(record);
  for await (const message of reader.readMessages()) {
    const channel = reader.channelsById.get(message.channelId);
    printMessage(message, channel, reader.schemasById.get(channel.schemaId));
  }
  await file.close();
}

async function byScan(path) {
  const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  reader.append(await readFile(path));
  const channels = new Map();
  const schemas = new Map();
  for (let record; (record = reader.nextRecord()); ) {
    if (record.type === "Schema") schemas.set(record.id, record);
    else if (record.type === "Channel") channels.set(record.id, record);
    else if (record.type === "Attachment") printAttachment(record);
    else if (record.type === "Metadata") print("metadata", { name: record.name, metadata: record.metadata });
    else if (record.type === "Message") {
      const channel = channels.get(record.channelId);
      printMessage(record, channel, schemas.get(channel.schemaId));
    }
  }
  print("end", { whole: reader.done() });
}

async function count(path) {
  const file = await open(path, "r");
  const reader = await McapIndexedReader.Initialize({ readable: new FileHandleReadable(file), decompressHandlers });
  const counts = {};
  for await (const message of reader.readMessages()) {
    const channel = reader.channelsById.get(message.channelId);
    decode(channel, reader.schemasById.get(channel.schemaId), message.data);
    counts[channel.topic] = (counts[channel.topic] ?? 0) + 1;
  }
  lines.push(JSON.stringify(counts));
  await file.close();
}

const [how, path] = process.argv.slice(2);
if (how === "--scan") await byScan(path);
else if (how === "--count") await count(path);
else await byIndex(how);
process.stdout.write(lines.join("\n") + "\n");
