/** The part of the files that a process may open which connections may take; files of pages, the database and its journal need the rest. */
const SHARE_OF_CONNECTIONS = 3 / 4;

/** The connections that this process can serve at once, by the limit that it was started with; undefined if there is none. */
export function connectionsMax(): number | undefined {
  // Otherwise the report looks up names of network addresses.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = report.getReport() as { readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? Math.floor(soft * SHARE_OF_CONNECTIONS) : undefined;
}
