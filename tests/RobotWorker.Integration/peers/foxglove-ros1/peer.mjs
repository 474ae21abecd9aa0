// A ROS 1 node by independent packages: prints what it hears on /cs/joints; "publish N" on its input publishes N messages on /js/joints.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { RosNode } = require("@foxglove/ros1");
const { TcpServerNode, TcpSocketNode } = require("@foxglove/ros1/nodejs");
const { HttpServerNodejs } = require("@foxglove/xmlrpc/nodejs");
const { parse } = require("@foxglove/rosmsg");

const definition = `Header header
string[] name
float64[] position
float64[] velocity
float64[] effort
================================================================================
MSG: std_msgs/Header
uint32 seq
time stamp
string frame_id
`;

const node = new RosNode({
  name: "/foxglove",
  rosMasterUri: process.env.ROS_MASTER_URI,
  hostname: "127.0.0.1",
  pid: process.pid,
  httpServer: new HttpServerNodejs(),
  tcpSocketCreate: TcpSocketNode.Create,
  tcpServer: await TcpServerNode.Listen({ host: "127.0.0.1", port: 0 }),
});
node.on("error", (error) => console.error(error.message));
await node.start();

const joints = node.subscribe({ topic: "/cs/joints", dataType: "sensor_msgs/JointState" });
joints.on("message", (message) => {
  console.log("heard " + JSON.stringify({
    seconds: message.header.stamp.sec, frame: message.header.frame_id, name: message.name,
    position: [...message.position], velocity: [...message.velocity],
  }));
});
joints.on("error", (error) => console.error(error.message));

await node.advertise({
  topic: "/js/joints", dataType: "sensor_msgs/JointState", latching: false,
  messageDefinition: parse(definition), messageDefinitionText: definition, md5sum: "3066dcd76a6cfaef579bd0f34173e9fd",
});
console.log("ready");

for await (const line of createInterface({ input: process.stdin })) {
  for (let i = 0; i < Number(line.split(" ")[1]); i++) {
    await node.publish("/js/joints", {
      header: { seq: i, stamp: { sec: i, nsec: 7 }, frame_id: "js" },
      name: ["elbow", "ß"], position: [i / 2, -i], velocity: [], effort: [Number.MAX_VALUE],
    });
  }
  console.log("published");
}
