// npm roslib as the yardstick: one connection that publishes a text and hears it again. Prints one line of JSON.
import { Ros, Topic } from 'roslib';

const url = process.argv[2];
const [burst, trips, size, warmUps, rounds] = process.argv.slice(3).map(Number);
const ros = new Ros({ url });
await new Promise((resolve, reject) => { ros.on('connection', resolve); ros.on('error', reject); });

const topic = new Topic({ ros, name: '/bench_roslib', messageType: 'std_msgs/msg/String', queue_length: 0, queue_size: 0 });
const text = 'x'.repeat(size);
let heard = 0;
let wanted = Infinity;
let done = () => {};
topic.advertise();
topic.subscribe(() => { if (++heard === wanted) done(); });

async function publish(count) {
  heard = 0;
  wanted = count;
  const all = new Promise(resolve => { done = resolve; });
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) topic.publish({ data: text });
  const late = new Promise(resolve => setTimeout(resolve, 30000).unref());
  await Promise.race([all, late]);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, heard };
}

while ((await publish(1)).heard < 1);
for (let i = 0; i < warmUps; i++) await publish(burst);
for (let i = 0; i < trips; i++) await publish(1);
const busyBefore = process.cpuUsage();
let best = { seconds: Infinity, heard: 0 };
let least = burst;
for (let i = 0; i < rounds; i++) {
  const one = await publish(burst);
  least = Math.min(least, one.heard);
  if (one.seconds < best.seconds) best = one;
}

const busy = process.cpuUsage(busyBefore);
const times = [];
for (let i = 0; i < trips; i++) times.push((await publish(1)).seconds * 1e6);
times.sort((a, b) => a - b);
console.log(JSON.stringify({ rate: burst / best.seconds, p50: times[Math.floor(trips * 0.5)], p99: times[Math.floor(trips * 0.99)], heard: least, busy: (busy.user + busy.system) / (rounds * burst) }));
process.exit(0);
