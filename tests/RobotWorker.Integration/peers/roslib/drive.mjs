// Drives a rosbridge server with two roslib clients, a and b, and prints what they saw as one JSON object.
//   node drive.mjs ws://127.0.0.1:9090 ros2|ros1
import { Action, ActionClient, Goal, Param, Ros, Service, Topic } from "roslib";

const [url, dialect] = process.argv.slice(2);
const type = (pkg, kind, name) => (dialect === "ros1" ? `${pkg}/${name}` : `${pkg}/${kind}/${name}`);
const seen = {};
const a = await connect();
const b = await connect();

function connect() {
  const ros = new Ros({ url });
  return new Promise((done, failed) => {
    ros.on("connection", () => done(ros));
    ros.on("error", failed);
  });
}

const within = (promise, what) =>
  Promise.race([promise, new Promise((_, failed) => setTimeout(() => failed(new Error(`${what} did not happen`)), 20000))]);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const call = (ros, name, serviceType, request) =>
  within(new Promise((done) => new Service({ ros, name, serviceType }).callService(request, done, (why) => done({ failed: String(why) }))), name);
const first = (ros, options) =>
  within(
    new Promise((done) => {
      const topic = new Topic({ ros, ...options });
      topic.subscribe((message) => {
        topic.unsubscribe();
        done(message);
      });
    }),
    options.name,
  );

// What a says, b hears: in order, none lost.
async function topics() {
  const texts = [];
  const heard = new Topic({ ros: b, name: "/chat", messageType: type("std_msgs", "msg", "String") });
  const all = within(new Promise((done) => heard.subscribe((message) => texts.push(message.data) === 1001 && done())), "1001 messages");
  await call(b, "/rosapi/topics", "rosapi/Topics", {}); // answered after the subscription was made
  const said = new Topic({ ros: a, name: "/chat", messageType: type("std_msgs", "msg", "String") });
  said.advertise();
  said.publish({ data: "größer 😀" });
  for (let i = 0; i < 1000; i++) said.publish({ data: `${i}` });
  await all;
  seen.chat = { first: texts[0], inOrder: texts.slice(1).every((text, i) => text === `${i}`), count: texts.length };
  heard.unsubscribe();
  said.unadvertise();
}

async function services() {
  const lamp = new Service({ ros: b, name: "/lamp", serviceType: type("std_srvs", "srv", "SetBool") });
  lamp.advertise((request, response) => {
    response.success = request.data;
    response.message = request.data ? "on" : "off";
    return true;
  });
  await call(b, "/rosapi/topics", "rosapi/Topics", {});
  seen.lamp = await call(a, "/lamp", type("std_srvs", "srv", "SetBool"), { data: true });
  seen.noService = await call(a, "/lammp", type("std_srvs", "srv", "SetBool"), {});
  lamp.unadvertise();
}

async function parameters() {
  const speed = new Param({ ros: a, name: "/speed" });
  await within(new Promise((done, failed) => speed.set({ most: 0.5 }, done, failed)), "set");
  seen.parameter = await within(new Promise((done, failed) => speed.get(done, failed)), "get");
  seen.parameters = await within(new Promise((done, failed) => a.getParams(done, failed)), "getParams");
  await within(new Promise((done, failed) => speed.delete(done, failed)), "delete");
  seen.deleted = await within(new Promise((done, failed) => speed.get(done, failed)), "get");
}

async function rosapi() {
  const ask = (what, ...names) => within(new Promise((done, failed) => a[what](...names, done, failed)), what);
  const { topics, types } = await ask("getTopics");
  seen.jointStates = types[topics.indexOf("/joint_states")];
  seen.services = (await ask("getServices")).filter((name) => name.startsWith("/protective"));
  seen.serviceType = await ask("getServiceType", "/protective_stop");
  seen.typed = await ask("getTopicsForType", type("sensor_msgs", "msg", "JointState"));
  const details = await ask("getMessageDetails", type("geometry_msgs", "msg", "PoseStamped"));
  seen.decoded = a.decodeTypeDefs(details);
  if (dialect === "ros2") seen.actionServers = await ask("getActionServers");
}

// The same latched message by each way in which the server can send it.
async function compressions() {
  const options = { name: "/robot_description", messageType: type("std_msgs", "msg", "String") };
  const plain = await first(a, options);
  seen.descriptionLength = plain.data.length;
  seen.png = (await first(a, { ...options, compression: "png" })).data === plain.data;
  seen.cbor = (await first(a, { ...options, compression: "cbor" })).data === plain.data;
  const joints = await first(a, { name: "/joint_states", messageType: type("sensor_msgs", "msg", "JointState"), compression: "cbor" });
  seen.cborJoints = { names: joints.name.length, positions: joints.position.length, kind: joints.position.constructor.name };
  // Another topic: of one that was just heard in another form, a message may still be on its way.
  const raw = await first(a, { name: "/odom", messageType: type("nav_msgs", "msg", "Odometry"), compression: "cbor-raw" });
  seen.cborRaw = { bytes: raw.bytes.length > 100, stamped: raw.secs !== undefined && raw.nsecs !== undefined };
  seen.fragments = await within(
    new Promise((done) => {
      a.on(options.name, (message) => done(message.msg.data === plain.data));
      a.callOnConnection({ op: "subscribe", id: "pieces", topic: options.name, type: options.messageType, fragment_size: 1000 });
    }),
    "fragments",
  );
}

async function throttling() {
  let count = 0;
  const joints = new Topic({ ros: a, name: "/joint_states", messageType: type("sensor_msgs", "msg", "JointState"), throttle_rate: 500 });
  joints.subscribe(() => count++);
  await pause(2000);
  joints.unsubscribe();
  seen.throttled = count;
}

async function ros2Actions() {
  const actionType = "control_msgs/action/GripperCommand";
  const send = (ros, name, goal, kind = actionType, acted = () => {}) =>
    within(
      new Promise((done) => {
        const feedback = [];
        const action = new Action({ ros, name, actionType: kind });
        const id = action.sendGoal(
          goal,
          (result) => done({ result, feedback: feedback.length }),
          (one) => feedback.push(one) === 1 && acted(action, id),
          (why) => done({ failed: String(why) }),
        );
      }),
      name,
    );

  seen.gripper = await send(a, "/gripper_controller/gripper_cmd", { command: { position: 0.02, max_effort: 0 } });
  const far = { pose: { header: { frame_id: "map" }, pose: { position: { x: 0.3, y: 0, z: 0 }, orientation: { w: 1 } } } };
  seen.cancelled = await send(a, "/navigate_to_pose", far, "nav2_msgs/action/NavigateToPose", (action, id) => action.cancelGoal(id));
  seen.absent = await send(a, "/nobody", {});

  const served = new Action({ ros: b, name: "/served", actionType });
  served.advertise(
    (goal, id) => {
      served.sendFeedback(id, { position: goal.command.position / 2 });
      if (goal.command.position > 0) served.setSucceeded(id, { position: goal.command.position, reached_goal: true });
      else if (goal.command.position < 0) served.setFailed(id);
    },
    (id) => served.setCanceled(id, { stalled: true }),
  );
  await call(b, "/rosapi/topics", "rosapi/Topics", {});
  seen.served = await send(a, "/served", { command: { position: 0.04 } });
  seen.servedFailed = await send(a, "/served", { command: { position: -1 } });
  seen.servedCancelled = await send(a, "/served", { command: { position: 0 } }, actionType, (action, id) => action.cancelGoal(id));
  served.unadvertise();
}

async function ros1Actions() {
  const client = new ActionClient({ ros: a, serverName: "/gripper_controller/gripper_cmd", actionName: "control_msgs/GripperCommandAction" });
  const run = (actionClient, goalMessage, acted = () => {}) =>
    within(
      new Promise((done) => {
        let feedback = 0;
        const goal = new Goal({ actionClient, goalMessage });
        goal.on("feedback", () => ++feedback === 1 && acted(goal));
        goal.on("result", (result) => done({ result, status: goal.status?.status, feedback }));
        goal.send();
      }),
      actionClient.serverName,
    );

  await call(a, "/rosapi/topics", "rosapi/Topics", {});
  seen.gripper = await run(client, { command: { position: 0.02, max_effort: 0 } });
  const base = new ActionClient({ ros: a, serverName: "/move_base", actionName: "move_base_msgs/MoveBaseAction" });
  await call(a, "/rosapi/topics", "rosapi/Topics", {});
  const far = { target_pose: { header: { frame_id: "map" }, pose: { position: { x: 0.3, y: 0, z: 0 }, orientation: { w: 1 } } } };
  seen.cancelled = await run(base, far, (goal) => goal.cancel());
}

await topics();
await services();
await parameters();
await rosapi();
await compressions();
await throttling();
await (dialect === "ros1" ? ros1Actions() : ros2Actions());
console.log(JSON.stringify(seen));
a.close();
b.close();
