/** The line between a client and the server: bytes go both ways until it is cut, and then nobody gets through. */
import { connect, createServer, type Server, type Socket } from "node:net";

export class Line implements Disposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #port = 0;
  #serverPort: number;

  private constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#server = createServer((client) => {
      if (this.#isCut) {
        client.destroy();
        return;
      }
      const upstream = connect(this.#serverPort, "127.0.0.1");
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.#sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }

  static async to(serverPort: number): Promise<Line> {
    const line = new Line(serverPort);
    const listening = Promise.withResolvers<void>();
    line.#server.listen(0, "127.0.0.1", listening.resolve);
    await listening.promise;
    const address = line.#server.address();
    line.#port = typeof address === "object" && address !== null ? address.port : 0;
    return line;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** @param serverPort another one, when the server is one that was started anew */
  restore(serverPort: number = this.#serverPort): void {
    this.#serverPort = serverPort;
    this.#isCut = false;
  }

  [Symbol.dispose](): void {
    this.cut();
    this.#server.close();
  }
}
