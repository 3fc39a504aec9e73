import { expect, test } from "vitest";
import { checkAccent, contrastOf, logoTypeOf, textOn } from "./branding-rules.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("contrast is WCAG's: black on white is 21, a colour on itself is 1", () => {
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrastOf("#2563eb", "#2563eb")).toBe(1);
});

test("a colour must stand out from both grounds", () => {
  expect(checkAccent("#2563eb").map(({ enough }) => enough)).toEqual([true, true]);
  expect(checkAccent("#ffee00").map(({ theme, enough }) => [theme, enough])).toEqual([
    ["light", false],
    ["dark", true],
  ]);
  expect(checkAccent("#101020").map(({ enough }) => enough)).toEqual([true, false]);
});

test("the text on a colour is whichever of black and white reads better", () => {
  expect(textOn("#ffee00")).toBe("#000000");
  expect(textOn("#1d4ed8")).toBe("#ffffff");
});

test("a logo is known by its bytes, not by its name", () => {
  expect(logoTypeOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]))).toBe("image/png");
  expect(logoTypeOf(bytes('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'))).toBe(
    "image/svg+xml",
  );
  expect(logoTypeOf(bytes("<html></html>"))).toBeUndefined();
  expect(logoTypeOf(bytes("GIF89a"))).toBeUndefined();
});

test.each([
  "<svg><script>alert(1)</script></svg>",
  '<svg onload="alert(1)"></svg>',
  '<svg><a href="javascript:alert(1)"><path/></a></svg>',
  '<svg><image href="https://elsewhere.example/x.png"/></svg>',
  "<svg><foreignObject/></svg>",
  "<svg><style>@import 'x'</style></svg>",
  "<!DOCTYPE svg><svg></svg>",
])("an SVG that could do more than be looked at is refused: %s", (text) => {
  expect(logoTypeOf(bytes(text))).toBeUndefined();
});
