import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess, QuotaReport } from "../../platform-access.ts";
import { childText, escapeXml, findAll, readXml, type XmlElement } from "./xml.ts";

/** Confirmed by several public clients; the same in every version of the service. */
const NAMESPACE = "http://service.admin.ws.five9.com/";
const TIMEOUT_MS = 20_000;
const LONGEST_ANSWER = 5_000_000;

export type AdminLogin = { soap: string; version: string; username: string; password: string };

export type AdminService = {
  /** Answers what `return` elements the call has; each argument is an element of its name. */
  call(method: string, args?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<XmlElement[]>;
};

/** Configuration web services: SOAP 1.1 under HTTP Basic (contract section 4). They open no agent session. */
export function adminService(
  { soap, version, username, password }: AdminLogin,
  access: PlatformAccess,
): AdminService {
  const address = `${soap}/wsadmin/${version}/AdminWebService`;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
  return {
    async call(method, args = {}, signal) {
      const within = AbortSignal.timeout(TIMEOUT_MS);
      const response = await reach(access, address, {
        method: "POST",
        headers: { authorization, "content-type": "text/xml; charset=utf-8", soapaction: '""' },
        body: envelope(method, args),
        signal: signal ? AbortSignal.any([signal, within]) : within,
      });
      return await read(response, method, access);
    },
  };
}

function envelope(method: string, args: Readonly<Record<string, string>>): string {
  const inner = Object.entries(args).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ser="${NAMESPACE}"><soapenv:Header/><soapenv:Body><ser:${method}>${inner.join("")}</ser:${method}></soapenv:Body></soapenv:Envelope>`;
}

async function reach(access: PlatformAccess, address: string, init: RequestInit): Promise<Response> {
  try {
    return await access.fetch(address, init);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const { host } = new URL(address);
    throw new AppError("upstream_unavailable", `${host} cannot be reached.`, { cause });
  }
}

async function read(response: Response, method: string, access: PlatformAccess): Promise<XmlElement[]> {
  const { status } = response;
  const context = { status: String(status), method };
  if (status === 401 || status === 403)
    throw new AppError("upstream_rejected", "Five9 does not know this user, or not with this password.", {
      context,
    });
  const text = await response.text();
  if (text.length > LONGEST_ANSWER) throw new AppError("too_large", "The answer is too long to be read.");
  const top = text.trimStart().startsWith("<") ? readXml(text) : undefined;
  const [fault] = top ? findAll(top, "Fault") : [];
  if (fault) throw faultOf(fault, context, access);
  if (!response.ok || !top)
    throw new AppError(
      status >= 500 ? "upstream_unavailable" : "upstream_rejected",
      `Five9 answers ${status}.`,
      {
        context,
      },
    );
  const [answer] = findAll(top, `${method}Response`);
  return answer?.children.filter(({ name }) => name === "return") ?? [];
}

/** Names of the platform's own faults say more than its sentences. */
function faultOf(fault: XmlElement, context: Record<string, string>, access: PlatformAccess): AppError {
  const detail = fault.children.find(({ name }) => name === "detail")?.children[0]?.name ?? "";
  const words = (childText(fault, "faultstring") ?? "").slice(0, 300);
  const about = { context: { ...context, fault: detail } };
  if (/limit/i.test(`${detail} ${words}`)) {
    const report: QuotaReport = { refused: true };
    access.quota(report);
    return new AppError("rate_limited", `Five9 refuses for its rate: ${words || detail}`, about);
  }
  return new AppError("upstream_rejected", words || detail || "Five9 refuses the call.", about);
}
