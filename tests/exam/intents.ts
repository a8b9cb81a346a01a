/**
 * What the exam asks: templates in English, German and Spanish, written without looking at the calculators' own examples. {name} is the
 * place of an input. What they expect is computed by the calculators themselves.
 */
import type { Draw } from "./drawn-figures.ts";

export interface Intent {
  readonly name: string;
  /** The calculator's name. */
  readonly calculator: string;
  /** By the input's name. */
  readonly draws: Readonly<Record<string, Draw>>;
  /** Inputs that the words of the templates say. */
  readonly fixed?: Readonly<Record<string, string | number>>;
  /** The input that bears the currency of the amounts; none: the question has no amounts. */
  readonly currency?: string;
  /** The only currencies that make sense. */
  readonly currencies?: readonly string[];
  readonly en: readonly string[];
  readonly de: readonly string[];
  readonly es: readonly string[];
}
