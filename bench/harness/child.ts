/** A server that a benchmark starts tells its port, and closes when it is told to or when the benchmark is gone. */
export function serveParent(port: number, close: () => Promise<void>): void {
  const stop = () => {
    process.removeAllListeners('message').removeAllListeners('disconnect');
    if (process.connected) process.disconnect?.();
    void close();
  };
  process.once('message', stop).once('disconnect', stop);
  process.send!({ port });
}
