// The session on a time axis: what each side did when, where it went wrong, and when the runner itself was late.

const N_BUCKETS = 240;
const N_LABELS = 5;
const MAX_MARKS = 40;

/** The axis of a session; `null` where nothing happened. */
function timeAxis(session) {
  const { transcript } = session;
  if (transcript.length === 0) return null;
  const endMs = Math.max(session['duration-ms'], transcript.at(-1)['at-ms'], 1);
  const lane = (name, by, title) =>
    h('div', { class: `lane ${by}` }, h('span', { class: 'lane-name' }, name), h('div', { class: 'track' }, ticks(transcript, by, endMs, title)));
  const delays = session.delays ?? [];
  return h(
    'section',
    { class: 'axis', 'aria-label': 'Time axis' },
    violationsLane(session, endMs),
    lane('client', 'client', 'sent'),
    lane('server', 'server', 'sent'),
    delays.length > 0 && lagLane(delays, endMs),
    scale(endMs),
  );
}

function percent(atMs, endMs) {
  return `${Math.min(100, Math.max(0, (atMs / endMs) * 100)).toFixed(3)}%`;
}

/** As many ticks as there is room for; where several frames share one, it is stronger. */
function ticks(transcript, by, endMs) {
  const buckets = new Map();
  for (const line of transcript) {
    if (line.by !== by) continue;
    const bucket = Math.min(N_BUCKETS - 1, Math.floor((line['at-ms'] / endMs) * N_BUCKETS));
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  return [...buckets].map(([bucket, n]) =>
    placed(h('span', { class: 'tick' }), { left: `${(bucket / N_BUCKETS) * 100}%`, opacity: String(Math.min(1, 0.45 + 0.2 * n)) }),
  );
}

/** Where it went wrong: links to the frames. */
function violationsLane(session, endMs) {
  const marks = [...session.violations].slice(0, MAX_MARKS).filter(([idx]) => session.transcript[idx]);
  if (marks.length === 0) return null;
  const mark = ([idx, failures]) => {
    const line = session.transcript[idx];
    const label = `${failures[0].rule}: ${line.what} at ${time(line['at-ms'])}`;
    const link = h('a', { class: `violation ${gravest(failures)}`, href: linkTo(session, idx), title: label, 'aria-label': label });
    return placed(link, { left: percent(line['at-ms'], endMs) });
  };
  return h('div', { class: 'lane violations' }, h('span', { class: 'lane-name' }, 'failures'), h('div', { class: 'track' }, marks.map(mark)));
}

function lagLane(delays, endMs) {
  const band = ({ 'at-ms': atMs, 'late-ms': lateMs }) =>
    placed(h('span', { class: 'delay', title: `late by ${time(lateMs)}` }), {
      left: percent(atMs - lateMs, endMs),
      width: percent(lateMs, endMs),
    });
  return h('div', { class: 'lane runner' }, h('span', { class: 'lane-name' }, 'lag'), h('div', { class: 'track' }, delays.map(band)));
}

/** Labels at round times. */
function scale(endMs) {
  const rough = endMs / N_LABELS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const labels = [];
  for (let n = 0; n * step <= endMs && n <= 2 * N_LABELS; n += 1) {
    labels.push(placed(h('span', { class: 'scale-label' }, scaleLabel(n * step, step)), { left: percent(n * step, endMs) }));
  }
  return h('div', { class: 'lane scale', 'aria-hidden': 'true' }, h('span', { class: 'lane-name' }), h('div', { class: 'track' }, labels));
}

function scaleLabel(ms, step) {
  if (ms === 0) return '0';
  if (step >= 1000) return `${ms / 1000} s`;
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(2))} s` : `${Number(ms.toPrecision(3))} ms`;
}
