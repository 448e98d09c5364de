/** What was uncovered once stays so when its message is drawn anew. */

const uncovered = new Set();

/** The cover over the hidden parts of one message: all of them come off together. */
export function coverOf({ message_id, date, kind }) {
  const key = `${message_id} ${date} ${kind}`;
  return {
    get isOff() {
      return uncovered.has(key);
    },
    takeOff: () => uncovered.add(key),
  };
}
