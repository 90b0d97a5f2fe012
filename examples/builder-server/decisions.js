/**
 * The questions that builds of this process are waiting on. An answer that comes too late, or belongs to another
 * process, is not known here.
 */
import { randomUUID } from 'node:crypto';

/**
 * @typedef {object} Answer
 * @property {string} decisionId
 * @property {string} selectedOptionId
 * @property {string[]} rooms the rooms of the socket that answers
 */

export class Decisions {
  /** @type {Map<string, { room: string, optionIds: string[], settle: (optionId: string) => void }>} */
  #open = new Map();

  /**
   * Opens a question to a room. The first option is the default, taken when nobody answers in time.
   * @param {{ room: string, optionIds: string[], timeoutS: number }} question
   * @returns {{ id: string, answered: Promise<string> }} the promise gives the selected option's id
   */
  ask({ room, optionIds, timeoutS }) {
    const id = randomUUID();
    /** @type {Promise<string>} */
    const answered = new Promise((resolve) => {
      const settle = (/** @type {string} */ optionId) => {
        clearTimeout(timer);
        this.#open.delete(id);
        resolve(optionId);
      };
      const timer = setTimeout(settle, timeoutS * 1000, /** @type {string} */ (optionIds[0])).unref();
      this.#open.set(id, { room, optionIds, settle });
    });
    return { id, answered };
  }

  /**
   * Takes an answer.
   * @param {Answer} answer
   * @returns {string | undefined} what is wrong with it; nothing when it is taken or its question is not known here
   */
  answer({ decisionId, selectedOptionId, rooms }) {
    const question = this.#open.get(decisionId);
    // To a client outside of the project the question does not exist.
    if (!question || !rooms.includes(question.room)) return undefined;
    if (!question.optionIds.includes(selectedOptionId)) return 'selectedOptionId: not an option of this decision';
    question.settle(selectedOptionId);
    return undefined;
  }
}
