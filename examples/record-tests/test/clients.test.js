/**
 * Official clients, recorded against one server of each protocol and replayed against the other.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { createAuth } from '../../builder-server/auth.js';
import { inReverse, startServer } from '../../browser-tests/servers.js';
import { build } from '../builder.js';
import { assertNoSecrets, folder, OTHER, record, replays } from '../handfast.js';

const BUILDER = 'schemas/builder/asyncapi.yaml';
const ORBIT = 'schemas/orbit/asyncapi.yaml';
const SECRET = 'a secret of the tests, long enough for HS256';
const ORBIT_TOKEN = 'a token / with + signs that ~ base64url must carry?';
const PYTHON = process.env.PYTHON || 'python3';
const bounded = { timeout: 120_000 };

const transports = {
  upgraded: {},
  polling: { transports: ['polling'] },
  websocket: { transports: ['websocket'] },
};

for (const name of ['builder-server', 'builder-server-rust']) {
  for (const [carrier, options] of Object.entries(transports)) {
    test(`socket.io-client, ${carrier}, recorded from ${name}, replays against ${OTHER[name]}`, bounded, async (test) => {
      const t = inReverse(test);
      const token = await createAuth(SECRET).issue({ id: randomUUID(), username: 'john_doe' });
      const [server, other, made] = await Promise.all([start(t, name), start(t, OTHER[name]), folder(t)]);
      const raw = path.join(made, 'build.jsonl');
      const out = path.join(made, 'build.yaml');
      const first = await record(t, BUILDER, server.url, out, '--raw', raw);
      await build(first.url, token, randomUUID(), options);
      await first.stop();
      // Another run of the same tells what differs from run to run.
      const second = await record(t, BUILDER, server.url, out, '--compare', raw);
      await build(second.url, token, randomUUID(), options);
      const { sessions, notes } = await second.stop();
      assert.deepEqual([sessions.length, notes], [1, '']);
      assert.deepEqual(sessions[0].environment, ['BUILDER_TOKEN']);
      await assertNoSecrets(made, token);
      await replays(made, other.url, { BUILDER_TOKEN: token });
      const text = await readFile(out, 'utf8');
      assert.match(text, /decisionId: "\{\{\w+ as decision\}\}"/);
      assert.match(text, /data: \{ decisionId: "\{\{decision\}\}"/);
    });
  }
}

for (const name of ['orbit-server', 'orbit-server-python']) {
  test(`Python's websockets, recorded from ${name}, replays against ${OTHER[name]}`, bounded, async (test) => {
    const t = inReverse(test);
    const [server, other, made] = await Promise.all([start(t, name), start(t, OTHER[name]), folder(t)]);
    const recording = await record(t, ORBIT, server.url, path.join(made, 'watch.yaml'), '--raw', path.join(made, 'raw.jsonl'));
    const client = spawn(PYTHON, [path.join(import.meta.dirname, '../watch.py'), recording.url], {
      env: { ...process.env, ORBIT_TOKEN },
      stdio: 'inherit',
    });
    assert.deepEqual(await once(client, 'exit'), [0, null]);
    const { sessions, notes } = await recording.stop();
    assert.deepEqual([sessions.length, notes], [1, '']);
    await assertNoSecrets(made, ORBIT_TOKEN);
    await replays(made, other.url, { ORBIT_TOKEN });
  });
}

function start(t, name) {
  return startServer(t, name, { JWT_SECRET: SECRET, ORBIT_TOKEN, STEP_MS: '20', METRICS_MS: '50' });
}
