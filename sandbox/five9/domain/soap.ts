import type { Reply } from "../../http/router.ts";
import { API_USER, SKILLS } from "./directory.ts";
import type { Faults } from "./faults.ts";

const NAMESPACE = "http://service.admin.ws.five9.com/";
const SLOW_MS = 30_000;

/** Configuration web services: SOAP 1.1 with Basic authentication (contract section 4). */
export async function answerSoap(
  authorization: string | undefined,
  body: string,
  faults: Faults,
): Promise<Reply> {
  const expected = `Basic ${Buffer.from(`${API_USER.username}:${API_USER.password}`).toString("base64")}`;
  if (authorization !== expected)
    return { status: 401, headers: { "www-authenticate": 'Basic realm="Five9"' }, body: xml("") };
  const trouble = faults.nextSoap();
  if (trouble === "down") return { status: 503, body: Buffer.from("Service Unavailable") };
  if (trouble === "html") return { status: 200, body: Buffer.from("<html><body>Maintenance</body>") };
  if (trouble === "slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS).unref());
  if (trouble === "limit") return fault("ConcurrentModificationException", "Limit of calls is exceeded");
  const method = /<(?:\w+:)?(\w+)[\s/>]/.exec(body.split(/Body>/)[1] ?? "")?.[1] ?? "";
  const answer = METHODS[method];
  return answer ? envelope(method, answer()) : fault("IllegalArgument", `Unknown method ${method}`);
}

const METHODS: Record<string, () => string> = {
  getApiVersions: () => "<return><version>v13</version></return>",
  getCallCountersState: () =>
    "<return><callCounterStates><limit>50</limit><value>1</value></callCounterStates></return>",
  getSkills: () =>
    SKILLS.map(
      ({ id, name }) =>
        `<return><description/><id>${id}</id><name>${escapeXml(name)}</name><routeVoiceMails>false</routeVoiceMails></return>`,
    ).join(""),
};

const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function envelope(method: string, inner: string): Reply {
  return {
    headers: { "content-type": "text/xml;charset=utf-8" },
    body: xml(`<ns2:${method}Response xmlns:ns2="${NAMESPACE}">${inner}</ns2:${method}Response>`),
  };
}

function fault(name: string, words: string): Reply {
  const inner = `<env:Fault><faultcode>env:Server</faultcode><faultstring>${words}</faultstring><detail><ns2:${name}Fault xmlns:ns2="${NAMESPACE}"><message>${words}</message></ns2:${name}Fault></detail></env:Fault>`;
  return { status: 500, headers: { "content-type": "text/xml;charset=utf-8" }, body: xml(inner) };
}

const xml = (inner: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header/><env:Body>${inner}</env:Body></env:Envelope>`,
  );
