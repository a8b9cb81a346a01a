/** A line of the audit log. */
export interface AuditEntryProps {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly address: string;
}
