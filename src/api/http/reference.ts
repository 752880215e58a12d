/** The browsable reference. */
import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { compressOnce } from './compression.ts';

const PAGE = '/reference';
const INLINE = /<script type="text\/javascript">([\s\S]*?)<\/script>/;

export async function serveReference(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, public: true };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(helmet, { contentSecurityPolicy: false });
    // The page starts with an inline script and makes styles at run time: both are allowed for this page alone, the script by its hash.
    scope.addHook('onSend', async (_request, reply, payload) => {
      const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
      const script = isPage && typeof payload === 'string' ? INLINE.exec(payload)?.[1] : undefined;
      if (script !== undefined) reply.header('content-security-policy', policyFor(script));
      return payload;
    });
    compressOnce(scope);
    await scope.register(scalar, {
      routePrefix: PAGE,
      configuration: {
        url: '/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    });
  });
}

function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const sources = [
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
  ];
  return ["default-src 'self'", ...sources, "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"].join('; ');
}
