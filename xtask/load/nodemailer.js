// The peer of mails.py: a pooled nodemailer sends the same mail to as many people.
const { readFileSync } = require("node:fs");
const { generateKeyPairSync } = require("node:crypto");
const nodemailer = require("nodemailer");

const [port, count, connections, signature] = process.argv.slice(2);
const mail = JSON.parse(readFileSync("mail.json"));
const fill = (pieces, values) =>
  pieces
    .map((piece) => {
      if ("as" in piece) return piece.as;
      if (piece.slot.token) return values.first_name || piece.slot.token[1];
      return `http://127.0.0.1:3000/m/c/${values.token}`;
    })
    .join("");
const options = { host: "127.0.0.1", port: Number(port), secure: false, ignoreTLS: true, pool: true };
options.maxConnections = Number(connections);
options.maxMessages = Infinity;
if (signature === "signed") {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  options.dkim = { domainName: "load.example", keySelector: "rialto", privateKey: pem };
}
const transport = nodemailer.createTransport(options);

async function main() {
  const started = process.hrtime.bigint();
  let next = 0;
  // As many messages in hand as keep every connection of the pool busy.
  const work = async () => {
    while (next < count) {
      const n = next++;
      const values = { first_name: `Pat ${n}`, token: "x".repeat(63) };
      await transport.sendMail({
        from: "Load <hello@load.example>",
        to: `p${n}@d${n % 500}.example`,
        subject: fill(mail.subject, values),
        html: fill(mail.html, values),
        text: fill(mail.text, values),
        headers: { "List-Unsubscribe": "<http://127.0.0.1:3000/m/u/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
      });
    }
  };
  await Promise.all(Array.from({ length: connections * 4 }, work));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  transport.close();
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ seconds, cpu_ms: (user + system) / 1000, mb: process.memoryUsage().rss / 1e6 }));
}

main();
