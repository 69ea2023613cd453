// One kind of request, over and over, for k6: what it is comes from the environment.
import http from "k6/http";
import { check } from "k6";

const { URL, KIND, HEADERS, PROGRAM, KNOWN, VUS, SECONDS } = __ENV;

export const options = {
  vus: Number(VUS),
  duration: `${SECONDS}s`,
  discardResponseBodies: true,
  summaryTrendStats: ["med", "p(99)", "max"],
};

const headers = JSON.parse(HEADERS);
const known = JSON.parse(KNOWN || "[]");

function some(letters) {
  return letters[Math.floor(Math.random() * letters.length)];
}

// Two words that nobody else has: customers of different requests are not alike.
function word() {
  let text = "";
  for (let syllable = 0; syllable < 4; syllable += 1) text += some("bdfgklmnprstvz") + some("aeiou");
  return text;
}

function fresh() {
  const [one, two] = [word(), word()];
  return { name: `${one} ${two} GmbH`, website: `${one}-${two}.example`, country: some(["DE", "FR", "US", "PL"]) };
}

function body() {
  if (KIND === "check") {
    const customer = Math.random() < 0.5 && known.length ? some(known) : fresh();
    return JSON.stringify({ program: PROGRAM, customer });
  }
  return JSON.stringify({
    program: PROGRAM,
    customer: fresh(),
    products: [{ product: __ENV.PRODUCT, quantity: 1 }],
    value: { amount_minor: 5_000_000, currency: __ENV.CURRENCY },
    expected_close: __ENV.CLOSE,
    evidence: [{ kind: "meeting", on: __ENV.MET, note: "First meeting with the buyer." }],
    submit: true,
  });
}

export default function () {
  const answer = KIND === "get" ? http.get(URL, { headers }) : http.post(URL, body(), { headers });
  check(answer, { answered: ({ status }) => status === 200 || status === 201 });
}
