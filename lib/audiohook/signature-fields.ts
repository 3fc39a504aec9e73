/** The few forms of structured fields (RFC 8941) that the two signature headers use. */
export type SignatureInput = {
  label: string;
  components: string[];
  parameters: Map<string, string | number>;
  /** The inner list and its parameters as received: the signature covers these very characters. */
  raw: string;
};

const COMPONENT = /\s*"([^"\\]*)"(?=[\s)])\s*/y;
const PARAMETER = /\s*;\s*([a-z*][a-z0-9_\-.*]*)=(?:"((?:[^"\\]|\\["\\])*)"|(-?\d{1,15})(?=[\s;]|$))/y;
const BYTES = /^:([A-Za-z0-9+/]*={0,2}):$/;

/** Cuts `a=..., b=...` at the commas outside quotes. */
function members(header: string): { label: string; value: string }[] {
  const cuts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < header.length; i++) {
    const char = header[i];
    if (quoted && char === "\\") i++;
    else if (char === '"') quoted = !quoted;
    else if (char === "," && !quoted) {
      cuts.push(header.slice(from, i));
      from = i + 1;
    }
  }
  cuts.push(header.slice(from));
  return cuts.flatMap((cut) => {
    const equals = cut.indexOf("=");
    if (equals < 1) return [];
    return [{ label: cut.slice(0, equals).trim(), value: cut.slice(equals + 1).trim() }];
  });
}

function readComponents(raw: string): { components: string[]; end: number } | undefined {
  if (!raw.startsWith("(")) return undefined;
  const components: string[] = [];
  COMPONENT.lastIndex = 1;
  let end = 1;
  for (let match = COMPONENT.exec(raw); match; match = COMPONENT.exec(raw)) {
    components.push(match[1] ?? "");
    end = COMPONENT.lastIndex;
  }
  if (raw[end] !== ")" || new Set(components).size !== components.length) return undefined;
  return { components, end: end + 1 };
}

function readParameters(raw: string, from: number): SignatureInput["parameters"] | undefined {
  const parameters: SignatureInput["parameters"] = new Map();
  PARAMETER.lastIndex = from;
  let end = from;
  for (let match = PARAMETER.exec(raw); match; match = PARAMETER.exec(raw)) {
    const [, name = "", text, number] = match;
    parameters.set(name, number === undefined ? (text ?? "").replace(/\\(.)/g, "$1") : Number(number));
    end = PARAMETER.lastIndex;
  }
  return end === raw.length ? parameters : undefined;
}

/** Every label that can be read; one that cannot is left out and harms no other. */
export function parseSignatureInputs(header: string): SignatureInput[] {
  return members(header).flatMap(({ label, value: raw }) => {
    const list = readComponents(raw);
    const parameters = list && readParameters(raw, list.end);
    return list && parameters ? [{ label, components: list.components, parameters, raw }] : [];
  });
}

/** The bytes of each label in a `Signature` header. */
export function parseSignatures(header: string): Map<string, Buffer> {
  return new Map(
    members(header).flatMap(({ label, value }) => {
      const bytes = BYTES.exec(value)?.[1];
      return bytes === undefined ? [] : [[label, Buffer.from(bytes, "base64")] as const];
    }),
  );
}
