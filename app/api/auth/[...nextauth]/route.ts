import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#/lib/web/auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

// Options are built at each request: they read the environment, which a build does not have.
function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context as never, authOptions());
}

export { handle as GET, handle as POST };
