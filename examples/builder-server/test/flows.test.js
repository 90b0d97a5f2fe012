import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';

import { Decisions } from '../decisions.js';
import { joinProject, post, startServer, token, test } from './builder.js';

const PHASES = ['analyze', 'design', 'generate', 'validate'];
const [ANALYZE, DESIGN, GENERATE, VALIDATE] = PHASES.map((phase) => [`working:${phase}`, `progress:${phase}`]);

/** One word per event: its name, and for the repeated ones what tells them apart. */
function outline({ event, data: { payload } }) {
  if (event === 'build:progress') return `progress:${payload.currentPhase}`;
  if (event === 'agent:status:update' && payload.status === 'working') {
    return `working:${payload.currentTask.split(' ').at(-1)}`;
  }
  if (event === 'agent:status:update') return payload.status;
  if (event === 'deployment:progress') return `${payload.stage}:${payload.progress}`;
  return event;
}

test('publishes a build in order', async (t) => {
  const url = await startServer(t);
  const { inbox } = await joinProject(t, url, 'p');
  const response = await post(url, '/api/projects/p/builds', {});
  assert.equal(response.status, 202);
  assert.deepEqual(await response.json(), { projectId: 'p' });
  const events = await inbox.until('build:completed');
  assert.deepEqual(events.map(outline), [
    'build:started',
    ...ANALYZE,
    ...DESIGN,
    ...GENERATE,
    'agent:output',
    ...VALIDATE,
    'completed',
    'build:completed',
  ]);
  assert.deepEqual(events[0].data.payload.phases, PHASES);
  for (const { event, data } of events) {
    assert.equal(data.type, event);
    assert.ok(Number.isInteger(data.timestamp) && Math.abs(Date.now() - data.timestamp) < 10_000);
  }
  const progress = events.map(({ data }) => data.payload.overallProgress).filter(Number.isInteger);
  assert.deepEqual(progress, [20, 45, 70, 95]);
});

test('ends a failing build after generate', async (t) => {
  const url = await startServer(t);
  const { inbox } = await joinProject(t, url, 'p');
  await post(url, '/api/projects/p/builds', { outcome: 'failed' });
  const events = await inbox.until('build:failed');
  const expected = ['build:started', ...ANALYZE, ...DESIGN, ...GENERATE, 'agent:error', 'build:failed'];
  assert.deepEqual(events.map(outline), expected);
  assert.equal(events.at(-1).data.payload.error.phase, 'generate');
  // A second build ends after anything the first could still have sent.
  await post(url, '/api/projects/p/builds', {});
  const next = await inbox.until('build:completed');
  assert.equal(next.filter(({ event }) => event === 'build:started').length, 1);
  assert.equal(next[0].event, 'build:started');
});

test('waits for the decision and goes on with the option that was chosen', async (t) => {
  const url = await startServer(t);
  const { socket, inbox } = await joinProject(t, url, 'p');
  await post(url, '/api/projects/p/builds', { decision: true });
  const asked = await inbox.until('user:decision:required');
  assert.deepEqual(asked.map(outline), ['build:started', ...ANALYZE, ...DESIGN, 'user:decision:required']);
  const { decisionId, options, timeout } = asked.at(-1).data.payload;
  assert.equal(timeout, 300);

  socket.emit('user:decision:response', { decisionId, selectedOptionId: 'no-such-option' });
  const refused = await inbox.until('error');
  assert.equal(refused.length, 1, 'the build waits');
  assert.equal(refused[0].data.payload.code, 'INVALID_PAYLOAD');

  socket.emit('user:decision:response', { decisionId, selectedOptionId: options[1].id, feedback: 'Looks great!' });
  const rest = await inbox.until('build:completed');
  assert.deepEqual(rest.map(outline), [...GENERATE, 'agent:output', ...VALIDATE, 'completed', 'build:completed']);
  assert.equal(rest[2].data.payload.output.layout, options[1].id);
});

test('goes on with the default when nobody decides in time', async (t) => {
  const url = await startServer(t, { decisionTimeoutS: 0.05 });
  const { inbox } = await joinProject(t, url, 'p');
  await post(url, '/api/projects/p/builds', { decision: true });
  const { options } = (await inbox.next('user:decision:required')).payload;
  assert.equal((await inbox.next('agent:output')).payload.output.layout, options[0].id);
});

test('takes no decision from outside of the project', async (t) => {
  const url = await startServer(t);
  const member = await joinProject(t, url, 'p');
  const outsider = await joinProject(t, url, 'q');
  await post(url, '/api/projects/p/builds', { decision: true });
  const { decisionId, options } = (await member.inbox.next('user:decision:required')).payload;
  outsider.socket.emit('user:decision:response', { decisionId, selectedOptionId: options[1].id });
  outsider.socket.emit('join-project', { projectId: 'q' });
  await outsider.inbox.next('project-joined');
  member.socket.emit('user:decision:response', { decisionId, selectedOptionId: options[0].id });
  assert.equal((await member.inbox.next('agent:output')).payload.output.layout, options[0].id);
});

test('a decision times out to its first option, once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const decisions = new Decisions();
    const { id, answered } = decisions.ask({ room: 'r', optionIds: ['a', 'b'], timeoutS: 300 });
    mock.timers.tick(299_999);
    assert.match(decisions.answer({ decisionId: id, selectedOptionId: 'c', rooms: ['r'] }), /not an option/);
    mock.timers.tick(1);
    assert.equal(await answered, 'a');
    assert.equal(decisions.answer({ decisionId: id, selectedOptionId: 'c', rooms: ['r'] }), undefined);
  } finally {
    mock.timers.reset();
  }
});

test('publishes a deployment in order', async (t) => {
  const url = await startServer(t);
  const { inbox } = await joinProject(t, url, 'p');
  const response = await post(url, '/api/projects/p/deployments', { environment: 'test' });
  assert.equal(response.status, 202);
  const { deploymentId } = await response.json();
  const events = await inbox.until('deployment:success');
  assert.deepEqual(events.map(outline), ['building:40', 'deploying:70', 'health-check:95', 'deployment:success']);
  for (const { data } of events) {
    assert.equal(data.payload.deploymentId, deploymentId);
    assert.equal(data.payload.environment, 'test');
  }
});

test('ends a build before the project is built again', async (t) => {
  const url = await startServer(t);
  const { socket, inbox } = await joinProject(t, url, 'p');
  const other = await joinProject(t, url, 'q');
  await post(url, '/api/projects/p/builds', { decision: true });
  await post(url, '/api/projects/p/builds', {});
  await post(url, '/api/projects/q/builds', {});
  const { decisionId, options } = (await inbox.next('user:decision:required')).payload;
  await other.inbox.next('build:completed');
  assert.deepEqual(inbox.drain(), [], 'the second build waits for the first');
  socket.emit('user:decision:response', { decisionId, selectedOptionId: options[0].id });
  const first = await inbox.until('build:completed');
  assert.ok(first.every(({ event }) => event !== 'build:started'));
  const second = await inbox.until('build:completed');
  assert.equal(second[0].event, 'build:started');
});

test('publishes to the room of the project alone', async (t) => {
  const url = await startServer(t);
  const projectId = randomUUID();
  const member = await joinProject(t, url, projectId);
  const outsider = await joinProject(t, url, 'other');
  await post(url, `/api/projects/${projectId}/builds`, {});
  await member.inbox.next('build:completed');
  outsider.socket.emit('join-project', { projectId: 'other' });
  assert.deepEqual((await outsider.inbox.until('project-joined')).map(({ event }) => event), ['project-joined']);
});

for (const [status, name, path, body, headers] of [
  [400, 'a body that is not JSON', 'p/builds', '{"outcome":'],
  [400, 'a body that is no object', 'p/builds', []],
  [400, 'an unknown outcome', 'p/builds', { outcome: 'maybe' }],
  [400, 'a decision that is no boolean', 'p/builds', { decision: 'yes' }],
  [400, 'an unknown member', 'p/builds', { outcom: 'failed' }],
  [400, 'a deployment without a body', 'p/deployments', ''],
  [400, 'an environment that is no host label', 'p/deployments', { environment: 'evil.example/' }],
  [400, 'a path that does not decode', '%E0%A4%A/builds', {}],
  [401, 'no token', 'p/builds', {}, {}],
  [401, 'a bad token', 'p/deployments', { environment: 'test' }, { Authorization: 'Bearer nope' }],
  [401, 'another scheme', 'p/builds', {}, { Authorization: `Basic ${token}` }],
  [404, 'an unknown path', 'p/tests', {}],
  [413, 'a body that is too large', 'p/builds', { pad: 'x'.repeat(20_000) }],
]) {
  test(`answers ${name} with ${status}`, async (t) => {
    const url = await startServer(t);
    const response = await post(url, `/api/projects/${path}`, body, headers);
    assert.equal(response.status, status);
    const { error } = await response.json();
    assert.ok(error.length > 0);
    assert.ok(!error.includes('at '), 'no stack');
  });
}
