/** However often it is asked for, it runs one at a time, and once more if it was asked for meanwhile. */
export function oneAtATime(deed) {
  let again = false;
  let running = null;

  async function run() {
    try {
      while (again) {
        again = false;
        await deed();
      }
    } finally {
      running = null;
    }
  }

  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
