/** The person's side of groups: founding one, who is in it, its topics. */
import { tell } from "../api.js";

const pathOf = (group) => `/sim/groups/${group}`;

export const found = (group) => tell("/sim/groups", group);
export const changeMember = (group, change) => tell(`${pathOf(group)}/members`, change);
export const openTopic = (group, topic) => tell(`${pathOf(group)}/topics`, topic);
export const changeTopic = (group, thread, change) => tell(`${pathOf(group)}/topics/${thread}`, change);
export const dropTopic = (group, thread, person) => tell(`${pathOf(group)}/topics/${thread}`, { person }, "DELETE");
