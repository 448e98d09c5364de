// An SMSC that says what it was given, one JSON line each, and ends its messages as it is told to (argv[2], JSON):
//   password   what must be said at the door
//   statuses   answers to the first messages, by name or number; null for none at all
//   refused    a number that is answered with "invalid destination"
//   drops      how many of the first messages end the connection, unanswered
//   receipts   "text" | "fields" | "none"; state: "DELIVRD" and so on; dates: "230101120000"
//   tls        { key, cert }
const smpp = require("smpp");

const plan = { statuses: [], drops: 0, receipts: "text", state: "DELIVRD", dates: "2611221030", ...JSON.parse(process.argv[2]) };
const STATES = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, REJECTD: 8 };
let submitted = 0;

function say(event, facts) {
  process.stdout.write(JSON.stringify({ event, ...facts }) + "\n");
}

function statusOf(name) {
  return typeof name === "number" ? name : smpp[name];
}

function receiptOf(submit, id) {
  const text =
    `id:${id} sub:001 dlvrd:001 submit date:${plan.dates} done date:${plan.dates} stat:${plan.state} err:000 text:Przypominamy`;
  const receipt = {
    source_addr: submit.destination_addr,
    source_addr_ton: submit.dest_addr_ton,
    destination_addr: submit.source_addr,
    esm_class: 4,
    data_coding: 0,
  };
  if (plan.receipts === "text") return { ...receipt, short_message: text };
  return { ...receipt, short_message: "", receipted_message_id: id, message_state: STATES[plan.state], network_error_code: Buffer.from([3, 0, 0x9c]) };
}

function deliver(session, submit, id) {
  session.deliver_sm(receiptOf(submit, id), (answer) => {
    say("receipt", { id, status: answer.command_status });
    if (answer.command_status === smpp.ESME_RX_T_APPN) deliver(session, submit, id);
  });
}

function take(session, submit) {
  const id = `m${++submitted}`;
  const joined = submit.short_message.udh || [];
  say("submit", {
    id,
    from: submit.source_addr,
    from_ton: submit.source_addr_ton,
    to: submit.destination_addr,
    to_ton: submit.dest_addr_ton,
    text: submit.short_message.message,
    header: joined.length ? [...joined[0]] : [],
    coding: submit.data_coding,
    validity: submit.validity_period,
    wants_receipt: submit.registered_delivery,
  });
  if (submitted <= plan.drops) return session.destroy();
  const status = plan.statuses.shift();
  if (status === null) return undefined;
  const ends = submit.destination_addr === plan.refused ? "ESME_RINVDSTADR" : status || "ESME_ROK";
  const code = statusOf(ends);
  session.send(submit.response(code ? { command_status: code } : { message_id: id }));
  if (!code && plan.receipts !== "none") deliver(session, submit, id);
  return undefined;
}

const server = smpp.createServer(plan.tls || {}, (session) => {
  session.on("error", () => {});
  session.on("bind_transceiver", (bind) => {
    const welcome = !plan.password || bind.password === plan.password;
    say("bind", { system_id: bind.system_id, welcome });
    session.send(bind.response(welcome ? {} : { command_status: smpp.ESME_RINVPASWD }));
    if (welcome) session.enquire_link({}, () => say("ready", {}));
  });
  session.on("submit_sm", (submit) => take(session, submit));
  session.on("enquire_link", (question) => session.send(question.response()));
  session.on("unbind", (farewell) => {
    say("unbind", {});
    session.send(farewell.response());
    session.close();
  });
});
server.on("tlsClientError", () => say("distrusted", {}));
server.listen(plan.port || 0, "127.0.0.1", () => say("listening", { port: server.address().port }));
process.stdin.on("data", (line) => {
  if (String(line).trim() === "unbind") server.sessions.forEach((session) => session.unbind());
});
process.stdin.on("end", () => process.exit(0));
