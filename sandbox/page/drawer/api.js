/** What the developer's drawer asks the sandbox for. */
import { ask, tell } from "../api.js";

const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

export const calls = (wanted) => ask("/sim/log", given(wanted));
export const updates = (wanted) => ask("/sim/updates", given(wanted));
export const bots = () => ask("/sim/bots");
export const now = async () => new Date((await ask("/sim/clock")).now);
export const faults = () => ask("/sim/faults");
export const plan = (fault) => tell("/sim/faults", fault);
export const forgetFaults = () => tell("/sim/faults", {}, "DELETE");
export const flood = () => ask("/sim/flood");
export const setFlood = (change) => tell("/sim/flood", change);
