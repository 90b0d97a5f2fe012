/**
 * The HS256 tokens that clients show: on the Socket.IO handshake, on `authenticate`, and as Bearer over HTTP.
 */
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';

const Claims = z.object({ sub: z.guid(), username: z.string().min(1), exp: z.number() });

/**
 * @typedef {object} User
 * @property {string} id the token's `sub`, a UUID
 * @property {string} username
 * @property {number} expiresAt milliseconds since the epoch
 */

/** @param {string} secret */
export function createAuth(secret) {
  const key = new TextEncoder().encode(secret);
  return {
    /**
     * Returns the user a token speaks for.
     * @param {unknown} token
     * @returns {Promise<User>} rejected for anything but a valid token
     */
    async verify(token) {
      const { payload } = await jwtVerify(/** @type {string} */ (token), key, { algorithms: ['HS256'] });
      const { sub, username, exp } = Claims.parse(payload);
      return { id: sub, username, expiresAt: exp * 1000 };
    },

    /**
     * Makes a token for a user.
     * @param {{ id: string, username: string }} user
     * @param {string | number} expires as `jose` reads it: a span such as `1d`, or seconds since the epoch
     */
    issue({ id, username }, expires = '1d') {
      return new SignJWT({ username })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(id)
        .setExpirationTime(expires)
        .sign(key);
    },
  };
}
