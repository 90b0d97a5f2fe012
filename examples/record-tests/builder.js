/**
 * A client of the builder protocol on the official `socket.io-client`, as an application would write it.
 */
import { once } from 'node:events';

import { io } from 'socket.io-client';

/**
 * Joins a project, has it built, decides what is asked, and leaves when the build is over.
 * @param {string} url
 * @param {string} token
 * @param {string} project
 * @param {Partial<import('socket.io-client').ManagerOptions>} options
 */
export async function build(url, token, project, options = {}) {
  const socket = io(`${url}/builder`, { auth: { token }, reconnection: false, forceNew: true, ...options });
  try {
    const joined = once(socket, 'project-joined');
    const failed = once(socket, 'connect_error').then(([error]) => Promise.reject(error));
    await Promise.race([once(socket, 'authenticated'), failed]);
    socket.emit('join-project', { projectId: project });
    await joined;
    socket.on('ping', () => socket.emit('pong', null));
    socket.on('user:decision:required', ({ payload }) => {
      const { decisionId, options } = payload;
      socket.emit('user:decision:response', { decisionId, selectedOptionId: options.at(-1).id });
    });
    const completed = once(socket, 'build:completed');
    const answer = await fetch(`${url}/api/projects/${encodeURIComponent(project)}/builds`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ decision: true }),
    });
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    await completed;
  } finally {
    socket.disconnect();
  }
}
