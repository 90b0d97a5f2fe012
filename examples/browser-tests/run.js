/**
 * A run with everything that a report has to show, as `handfast replay --report blob=FILE` would have written it, and its page.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { ROOT } from './servers.js';

const HANDFAST = process.env.HANDFAST || path.join(ROOT, 'target/debug/handfast');
const TARGET = 'http://127.0.0.1:7443/';
export const HOSTILE = '</script><img src=x onerror="window.broken = 1"><!--\u2028\u2029`${1}` <b>&amp;';

/** A line of a transcript. */
function line(atMs, by, what, text = '') {
  return { 'at-ms': atMs, by, what, text: typeof text === 'string' ? text : JSON.stringify(text) };
}

function event(type, payload, id = 1) {
  const n = String(id).padStart(12, '0');
  return { id: `2eb8aa08-aa98-11ea-b4aa-${n}`, type, timestamp: '2025-11-13T09:21:05Z', payload };
}

const TASK = '5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30';

/** An installation: a request, and the events that it causes. */
function installation(progress) {
  return [
    line(0, 'client', 'open', '/ws'),
    line(3.1, 'server', 'open', '101'),
    line(3.4, 'client', 'ping', { type: 'ping' }),
    line(4, 'server', 'pong', event('pong', {})),
    line(4.3, 'client', 'request', 'POST /api/tasks {"type":"app.install","payload":{"app":"editor"}}'),
    line(9.8, 'server', 'response', `202 {"id":"${TASK}"}`),
    line(10.2, 'server', 'task.created', event('task.created', { task: { id: TASK, type: 'app.install', status: 'queued', progress: 0 } }, 2)),
    line(63.7, 'server', 'metrics', event('metrics', { cpu: 0.31, memory: { used: 812, total: 2048 } }, 3)),
    ...progress.map((value, n) =>
      line(115.2 + n * 210, 'server', 'task.updated', event('task.updated', { task_id: TASK, progress: value, status: 'running' }, 4 + n)),
    ),
    line(980.4, 'server', 'task.completed', event('task.completed', { task_id: TASK, status: 'succeeded', result: null }, 20)),
    line(981, 'runner', 'barrier', '1'),
    line(982.2, 'client', 'close', '1000'),
    line(983.9, 'server', 'closed', '1000'),
  ];
}

function session(idx, name, more = {}) {
  const file = `sessions/${name.replaceAll(/[^a-z]+/gu, '-')}.yaml`;
  return {
    'session-idx': idx, name, file, contract: 'Orbit real-time events', target: TARGET,
    arguments: ['--target', TARGET, '--seed', '7'], verdict: 'passed', 'duration-ms': 984.6, 'lag-ms': 1.2,
    'n-attempts': 1, 'n-frames': 7, failures: [], transcript: installation([20, 45, 80]), ...more,
  };
}

/** The sessions of the run: one of each kind. */
function sessions() {
  const tooFar = {
    verdict: 'failed', rule: 'schema', event: 'task.updated', 'frame-idx': 9,
    message: '`task.updated` is not valid: `/payload/progress` breaks `maximum` (actual 145, limit 100) of definitions.schema.json#/$defs/Progress/maximum, and 1 more',
    step: { 'step-idx': 3, line: 14, text: 'expect task.updated' },
    differences: [
      { at: '/payload/progress', wanted: '`/payload/progress` breaks `maximum` (actual 145, limit 100) of definitions.schema.json#/$defs/Progress/maximum', found: '145' },
      { at: '/payload/step', wanted: '`/payload/step` breaks `required` of task.updated.schema.json#/required', found: 'nothing' },
    ],
  };
  const mismatch = {
    verdict: 'failed', rule: 'mismatch', event: 'task.updated', 'frame-idx': 10, message: '`task.updated` came as expected, but its data is not what is expected',
    step: { 'step-idx': 3, line: 14, text: 'expect task.updated' },
    differences: [
      { at: '/payload/status', wanted: '"queued"', found: '"running"' },
      { at: '/payload/progress', wanted: '{{number 0..50}}', found: '80' },
    ],
    help: 'compare it with the contract',
  };
  const frame = `42/builder,${JSON.stringify(['build:progress', { payload: { overallProgress: 'half', [HOSTILE]: HOSTILE } }])}`;
  const hostile = {
    verdict: 'failed', rule: 'schema', event: 'build:progress', 'frame-idx': 0, message: `\`build:progress\` is not valid: ${HOSTILE}`,
    differences: [{ at: '/payload/overallProgress', wanted: '`/payload/overallProgress` breaks `type` (actual "string", expected ["integer"])', found: '"half"' }],
  };
  const deadline = { verdict: 'inconclusive', rule: 'deadline', event: 'pong', message: 'no `pong` within 1s; one came later', 'frame-idx': 3, help: 'the runner itself was late by 312 ms; give the machine less to do, or the steps more time with `--scale`' };
  const known = { verdict: 'failed', rule: 'resume', event: 'task.updated', 'frame-idx': 8, message: '`task.updated` came again after the resume', known: 'ORB-123: the server forgets ids when it restarts' };
  const many = Array.from({ length: 3000 }, (_, n) => line(n * 3.3, n % 3 === 0 ? 'client' : 'server', n % 3 === 0 ? 'ping' : 'metrics', event('metrics', { n }, n)));
  const late = many.length - 1;
  return [
    session(0, 'ping is answered by pong', { 'duration-ms': 12.4 }),
    session(1, 'a task is installed', { verdict: 'failed', failures: [tooFar, mismatch], transcript: installation([20, 145, 80]) }),
    session(2, `hostile ${HOSTILE}`, { verdict: 'failed', failures: [hostile], transcript: [line(1, 'server', 'build:progress', frame), line(2, 'server', HOSTILE, HOSTILE), line(3, 'server', 'deep', '[{"a":'.repeat(5000))] }),
    session(3, 'a busy machine', { verdict: 'inconclusive', failures: [deadline], 'lag-ms': 312.5, 'n-attempts': 3, delays: [{ 'at-ms': 520, 'late-ms': 312.5 }, { 'at-ms': 700, 'late-ms': 14 }] }),
    session(4, 'a stream resumes where it was cut', { verdict: 'known', failures: [known] }),
    session(5, 'an endless stream', { verdict: 'failed', failures: [{ verdict: 'failed', rule: 'lifecycle', event: 'metrics', message: '`metrics` came after the end', 'frame-idx': late }], transcript: many, 'duration-ms': 9900, 'n-frames': 2000 }),
    session(6, 'a server that is away', { verdict: 'unreachable', failures: [{ verdict: 'unreachable', rule: 'target', message: 'nothing accepts connections at 127.0.0.1:9', help: 'start the server' }], transcript: [], 'duration-ms': 0, 'n-frames': 0 }),
    ...['topics are filtered', 'two tasks at once', 'a container is started', 'a snapshot is exported', 'no token is refused', 'a bad token is refused', 'metrics come'].map((name, n) => session(7 + n, name, { 'duration-ms': 40 + n * 130 })),
  ];
}

const SUMMARY = {
  'n-passed': 8, 'n-known': 1, 'n-failed': 3, 'n-broken': 1, 'n-inconclusive': 1, 'duration-ms': 12_345.6, 'exit-code': 3,
  'server-output': 'listening on http://127.0.0.1:7443\nwarning: the queue is full\n',
  known: [{ entry: { session: 'a stream *', rule: 'resume', reason: 'ORB-123: the server forgets ids when it restarts' }, 'n-sessions': 1, 'n-played': 1, 'n-failures': 1 }],
};

/** A run all of whose sessions pass. */
export function goodRun() {
  const reports = sessions().filter(({ verdict }) => verdict === 'passed').map((report, idx) => ({ ...report, 'session-idx': idx }));
  return blob(reports, { ...SUMMARY, 'n-passed': reports.length, 'n-known': 0, 'n-failed': 0, 'n-broken': 0, 'n-inconclusive': 0, 'exit-code': 0, known: [], 'server-output': undefined });
}

/** A run in which everything goes wrong that can; every session is played twice, for the flakes. */
export function badRun() {
  const first = sessions();
  const again = session(first.length, 'a task is installed', { 'repetition-idx': 1 });
  return blob([...first, again], SUMMARY);
}

function blob(reports, summary) {
  const started = { event: 'run-started', 'n-sessions': reports.length, target: TARGET, seed: 7 };
  const finished = reports.map((report) => ({ event: 'session-finished', ...report }));
  const events = [started, ...finished, { event: 'run-finished', ...summary }];
  return [{ 'handfast-blob': 1 }, ...events].map((one) => `${JSON.stringify(one)}\n`).join('');
}

/**
 * The page of a run, as a URL that needs no server.
 * @param {import('./servers.js').Test} t
 * @param {string} text a blob
 */
export async function pageOf(t, text) {
  const folder = await mkdtemp(path.join(tmpdir(), 'handfast-report-'));
  t.after(() => rm(folder, { recursive: true }));
  const page = path.join(folder, 'report.html');
  await writeFile(path.join(folder, 'run.blob'), text);
  await promisify(execFile)(HANDFAST, ['report', 'html', folder, '--out', page]);
  return pathToFileURL(page).href;
}
