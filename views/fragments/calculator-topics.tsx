/** Calculators by topic, as links. */
import type { TopicProps } from "../finance-props.ts";

export const CalculatorTopics = ({ topics }: { topics: readonly TopicProps[] }) => (
  <>
    {topics.map(({ title, calculators }) => (
      <section class="topic" aria-label={title}>
        <h2 safe>{title}</h2>
        <ul class="calculator-links">
          {calculators.map(({ name, title, summary }) => (
            <li>
              <a class="calculator-link" href={`/calculators/${name}`}>
                <strong safe>{title}</strong>
                <span safe>{summary}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
);
