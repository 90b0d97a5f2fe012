/**
 * HAR files that the real mitmproxy wrote of official clients, imported and replayed against every server of their protocol.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';

import { createAuth } from '../../builder-server/auth.js';
import { inReverse, startServer } from '../../browser-tests/servers.js';
import { assertNoSecrets, folder, replays, run } from '../handfast.js';

const SECRET = 'a secret of the tests, long enough for HS256';
const ORBIT_TOKEN = 'a token / with + signs that ~ base64url must carry?';

const SAMPLES = {
  'mitmproxy-websocket': {
    contract: 'schemas/orbit/asyncapi.yaml',
    secret: ORBIT_TOKEN,
    steps: /6 steps on `events`; wants ORBIT_TOKEN/,
    servers: ['orbit-server', 'orbit-server-python'],
  },
  'mitmproxy-socketio': {
    contract: 'schemas/builder/asyncapi.yaml',
    secret: 'a-token-that-was-taken-out',
    steps: /19 steps on `builder`; wants BUILDER_TOKEN/,
    servers: ['builder-server', 'builder-server-rust'],
  },
};

for (const [name, sample] of Object.entries(SAMPLES)) {
  test(`${name}.har replays against ${sample.servers.join(' and ')}`, { timeout: 120_000 }, async (test) => {
    const t = inReverse(test);
    const made = await folder(t);
    const file = path.join(import.meta.dirname, `../samples/${name}.har`);
    const { code, stdout, stderr } = await run(['import', 'har', file, '--contract', sample.contract, '--out', path.join(made, 'session.yaml')]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, sample.steps);
    await assertNoSecrets(made, sample.secret);
    const BUILDER_TOKEN = await createAuth(SECRET).issue({ id: randomUUID(), username: 'john_doe' });
    for (const name of sample.servers) {
      const server = await startServer(t, name, { JWT_SECRET: SECRET, ORBIT_TOKEN, STEP_MS: '20', METRICS_MS: '50' });
      await replays(made, server.url, { ORBIT_TOKEN, BUILDER_TOKEN });
    }
  });
}
