/** The address that a server says on its standard output when it listens. */

/**
 * @param pattern its first group is the address
 * @throws Error when the output ends without one
 */
export async function saidAddress(output: ReadableStream<Uint8Array>, pattern: RegExp): Promise<string> {
  const reader = output.getReader();
  const decoder = new TextDecoder();
  let said = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The server ended: ${said}`);
    said += decoder.decode(value, { stream: true });
    const [, address] = pattern.exec(said) ?? [];
    if (address !== undefined) return address;
  }
}
