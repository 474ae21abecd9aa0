'use strict';
// Plays an episode: the first film is the clock, or a clock of our own where there is none; everything else follows.
const films = [...document.querySelectorAll('video')];
const [play, at, time, speed, plots] = ['play', 'at', 'time', 'speed', 'plots'].map(id => document.getElementById(id));
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9', '#7a3e9d', '#444444', '#c1272d', '#6b8e23'];
const [left, right, lineHeight, bandHeight] = [58, 8, 130, 22];
const last = episode.length - 1;
at.max = last;
let frame = 0, playing = false, begun = 0, begunAt = 0;

// --- plots

const drawn = [];

function add(title, height, draw) {
    const box = document.createElement('div');
    box.className = 'plot';
    if (title) box.append(Object.assign(document.createElement('h3'), { textContent: title }));
    const canvas = document.createElement('canvas');
    canvas.style.height = `${height}px`;
    box.append(canvas);
    plots.append(box);
    const seek = event => show(Math.round((event.clientX - canvas.getBoundingClientRect().left - left) / (canvas.clientWidth - left - right) * last), true);
    canvas.addEventListener('pointerdown', event => { seek(event); canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener('pointermove', event => { if (event.buttons) seek(event); });
    const still = document.createElement('canvas');
    drawn.push({ canvas, still, height, draw });
    return box;
}

function x(width, f) { return left + (width - left - right) * (last ? f / last : 0); }

// All but the cursor stands on a canvas of its own, so that a frame costs one copy.
function layout(plot) {
    const ratio = window.devicePixelRatio || 1, width = plot.canvas.clientWidth;
    for (const canvas of [plot.canvas, plot.still]) [canvas.width, canvas.height] = [width * ratio, plot.height * ratio];
    const pen = plot.still.getContext('2d');
    pen.scale(ratio, ratio);
    pen.font = '12px system-ui, sans-serif';
    plot.draw(pen, width, plot.height);
}

function cursor(plot) {
    const pen = plot.canvas.getContext('2d'), ratio = window.devicePixelRatio || 1;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, plot.canvas.width, plot.canvas.height);
    pen.drawImage(plot.still, 0, 0);
    pen.scale(ratio, ratio);
    pen.fillStyle = '#b3261e';
    pen.fillRect(x(plot.canvas.clientWidth, frame) - 0.75, 0, 1.5, plot.height);
}

function bands() {
    if (!episode.bands.length) return;
    const texts = [...new Set(episode.bands.flatMap(b => b.stretches.map(s => s.text)))];
    add('', bandHeight * episode.bands.length, (pen, width) => {
        episode.bands.forEach((band, row) => {
            const top = row * bandHeight;
            pen.fillStyle = '#f3f5f7';
            pen.fillRect(left, top + 2, width - left - right, bandHeight - 4);
            for (const s of band.stretches) {
                // A stretch lasts until the next frame is shown, and the last frame has no width of its own.
                const from = x(width, s.from), to = Math.max(from + 2, x(width, Math.min(s.to, last)));
                pen.fillStyle = colours[texts.indexOf(s.text) % colours.length] + '38';
                pen.fillRect(from, top + 2, to - from, bandHeight - 4);
                pen.fillStyle = colours[texts.indexOf(s.text) % colours.length];
                pen.fillRect(from, top + 2, 2, bandHeight - 4);
                if (band.stretches.length === 1 && pen.measureText(s.text).width > to - from - 8) {
                    const before = from > (left + width - right) / 2;
                    pen.fillStyle = '#666';
                    pen.textAlign = before ? 'right' : 'left';
                    pen.fillText(s.text, before ? from - 5 : to + 5, top + 15);
                    continue;
                }
                pen.save();
                pen.beginPath();
                pen.rect(from, top, to - from - 2, bandHeight);
                pen.clip();
                pen.fillStyle = '#222';
                pen.textAlign = 'left';
                pen.fillText(s.text, from + 5, top + 15);
                pen.restore();
            }
            if (!band.stretches.length) {
                pen.fillStyle = '#999';
                pen.textAlign = 'left';
                pen.fillText(`${band.name}: never`, left + 5, top + 15);
            }
        });
    });
}

function signal(signal) {
    const legend = document.createElement('div');
    legend.className = 'legend';
    const lines = signal.lines.map((line, i) => {
        const entry = document.createElement('span'), key = document.createElement('i'), value = document.createTextNode('');
        key.style.background = colours[i % colours.length];
        entry.append(key, line.name + ' ', value);
        legend.append(entry);
        const one = { ...line, colour: colours[i % colours.length], hidden: false, value };
        entry.addEventListener('click', () => {
            one.hidden = !one.hidden;
            entry.classList.toggle('off', one.hidden);
            layout(plot);
            cursor(plot);
        });
        return one;
    });
    const box = add(signal.title, lineHeight, (pen, width, height) => {
        const seen = lines.filter(l => !l.hidden).flatMap(l => l.values.filter(v => v !== null));
        let low = Math.min(...seen), high = Math.max(...seen);
        if (!seen.length) [low, high] = [0, 1];
        if (high - low < 1e-9) [low, high] = [low - 0.5, high + 0.5];
        const y = v => height - 6 - (height - 12) * (v - low) / (high - low);
        pen.textAlign = 'right';
        for (const tick of ticks(low, high)) {
            pen.fillStyle = '#e2e5e8';
            pen.fillRect(left, y(tick), width - left - right, 1);
            pen.fillStyle = '#666';
            pen.fillText(String(tick), left - 6, Math.min(Math.max(y(tick) + 4, 10), height - 2));
        }
        pen.lineWidth = 1.5;
        pen.lineJoin = 'round';
        for (const line of lines.filter(l => !l.hidden)) {
            pen.strokeStyle = line.colour;
            pen.beginPath();
            let down = false;
            line.values.forEach((v, f) => {
                if (v !== null) pen[down ? 'lineTo' : 'moveTo'](x(width, f), y(v));
                down = v !== null;
            });
            pen.stroke();
        }
    });
    const plot = drawn[drawn.length - 1];
    plot.lines = lines;
    box.append(legend);
}

function ticks(low, high) {
    const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough);
    const all = [];
    for (let i = Math.ceil(low / step); i * step <= high; i++) all.push(Number((i * step).toPrecision(6)));
    return all;
}

// --- time

function show(wanted, seek) {
    frame = Math.min(Math.max(wanted, 0), last);
    at.value = frame;
    time.textContent = `${(frame / episode.fps).toFixed(2)} s, frame ${frame} of ${last}`;
    if (seek) {
        [begun, begunAt] = [performance.now(), frame];
        // The middle of the frame: its beginning may be rounded into the one before.
        for (const film of films) film.currentTime = (frame + 0.5) / episode.fps;
    }
    for (const plot of drawn) {
        cursor(plot);
        for (const line of plot.lines || []) line.value.data = line.values[frame] === null ? '–' : String(Number(line.values[frame].toPrecision(4)));
    }
}

function run(on) {
    if (on && frame === last) show(0, true);
    playing = on;
    play.textContent = on ? 'Stop' : 'Play';
    [begun, begunAt] = [performance.now(), frame];
    for (const film of films) {
        film.playbackRate = Number(speed.value);
        if (on) film.play(); else film.pause();
    }
    if (on) requestAnimationFrame(step);
    else show(frame, true);
}

function step() {
    if (!playing) return;
    const now = films.length ? Math.floor(films[0].currentTime * episode.fps) : Math.floor(begunAt + (performance.now() - begun) / 1000 * episode.fps * Number(speed.value));
    if (now >= last || (films.length && films[0].ended)) {
        show(last);
        run(false);
        return;
    }
    if (now !== frame) show(now);
    requestAnimationFrame(step);
}

play.addEventListener('click', () => run(!playing));
speed.addEventListener('change', () => { if (playing) run(true); });
at.addEventListener('input', () => show(Number(at.value), true));
document.addEventListener('keydown', event => {
    if (event.target.tagName === 'SELECT') return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === ' ') { event.preventDefault(); run(!playing); }
    if (by) { event.preventDefault(); if (playing) run(false); show(frame + by, true); }
});
addEventListener('resize', () => { drawn.forEach(layout); show(frame); });

bands();
episode.signals.forEach(signal);
drawn.forEach(layout);
show(0, true);
