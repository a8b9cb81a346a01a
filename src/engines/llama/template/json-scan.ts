/** Finds where an object or a list of JSON ends, while its text grows: each letter is looked at once. It checks nothing else. */

export class JsonScan {
  #depth = 0;
  #isText = false;
  #isEscaped = false;

  /**
   * @param from where what was not looked at begins
   * @returns where it ends; null: it goes on
   */
  endIn(text: string, from: number): number | null {
    for (let at = from; at < text.length; at++) if (this.#ends(text.charAt(at))) return at + 1;
    return null;
  }

  #ends(letter: string): boolean {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isText) {
      if (letter === "\\") this.#isEscaped = true;
      else if (letter === '"') this.#isText = false;
    } else if (letter === '"') this.#isText = true;
    else if (letter === "{" || letter === "[") this.#depth++;
    else if (letter === "}" || letter === "]") return --this.#depth === 0;
    return false;
  }
}
