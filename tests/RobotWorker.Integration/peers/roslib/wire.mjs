// Listens to /odom, which a robot tells fifty times a second, over a wire with faults, and prints what it saw as one JSON object: how many messages came, how many of them twice, late or
// unreadable, and how long a service call took.
//   node wire.mjs ws://127.0.0.1:9090 MESSAGES
import WebSocket from "ws";
import { Ros, Service, Topic } from "roslib";

const [url, wanted] = [process.argv[2], Number(process.argv[3])];
const within = (promise, what) =>
  Promise.race([promise, new Promise((_, failed) => setTimeout(() => failed(new Error(`${what} did not happen`)), 30000))]);

// roslib ends with the first text that is no JSON: what is damaged is counted on the bare socket.
function bare() {
  const socket = new WebSocket(url, { skipUTF8Validation: true });
  const seen = { broken: 0, whole: 0 };
  socket.on("open", () => socket.send(JSON.stringify({ op: "subscribe", topic: "/odom" })));
  return within(
    new Promise((done) =>
      socket.on("message", (frame) => {
        try {
          const { header, child_frame_id: child } = JSON.parse(frame.toString()).msg;
          header.frame_id === "odom" && child === "base_link" ? seen.whole++ : seen.broken++;
        } catch {
          seen.broken++;
        }
        if (seen.whole + seen.broken < wanted) return;
        socket.terminate();
        done(seen);
      }),
    ),
    "enough frames",
  );
}

async function roslib() {
  const ros = new Ros({ url });
  await within(new Promise((done) => ros.on("connection", done)), "the connection");
  const began = performance.now();
  await within(new Promise((done) => new Service({ ros, name: "/rosapi/get_time", serviceType: "rosapi/GetTime" }).callService({}, done, done)), "the answer");
  const call = (performance.now() - began) / 1000;
  const ticks = [];
  await within(
    new Promise((done) => {
      new Topic({ ros, name: "/odom", messageType: "nav_msgs/msg/Odometry" }).subscribe(({ header: { stamp } }) => {
        ticks.push(Math.round((stamp.sec + stamp.nanosec / 1e9) * 50));
        if (ticks.length === wanted) done();
      });
    }),
    "enough messages",
  );
  ros.close();
  const different = new Set(ticks).size;
  return {
    call,
    twice: ticks.length - different,
    late: ticks.filter((tick, i) => i > 0 && tick < ticks[i - 1]).length,
    missing: Math.max(...ticks) - Math.min(...ticks) + 1 - different,
  };
}

const damaged = process.argv[4] === "bare" ? await bare() : await roslib();
console.log(JSON.stringify(damaged));
process.exit(0);
