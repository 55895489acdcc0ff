/** A plan as people read it in a terminal: resource tree, budgets, critical path, policy results. */
import Table from "cli-table3";
import { createColors } from "picocolors";
import { BudgetStatus } from "./budgets";
import type { Budget } from "./budgets";
import type { CriticalStep } from "./critical-path";
import type { PlanDiff } from "./diff";
import type { PlanFile, PlannedResource, PlannedViolation } from "./plan-file";
import { ExitCode, verdictOf, verdictText } from "./verdict";

/** How to write. */
export interface TerminalOptions {
    /** Whether to use colours. */
    color: boolean;
    /** Columns to keep within. */
    width: number;
    /** Leaves out the tree and the budgets that are in bounds. Default: false. */
    quiet?: boolean;
}

type Colors = ReturnType<typeof createColors>;

/** The whole text. */
export function renderPlan(plan: PlanFile, options: TerminalOptions): string {
    const colors = createColors(options.color);
    const blocks = [
        heading(plan, options, colors),
        ...(options.quiet === true ? [] : [tree(plan.resources, options, colors)]),
        budgets(plan.summary.budgets.budgets, options, colors),
        ...(options.quiet === true ? [] : [criticalPath(plan, options, colors)]),
        violations(plan.policy.violations, options, colors),
        closing(plan, colors),
    ];
    return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function heading({ stack, summary }: PlanFile, { width }: TerminalOptions, colors: Colors): string {
    const { region, clusterName, kubernetesVersion, resources, components } = summary;
    const facts = `${region}, cluster ${clusterName}, Kubernetes ${kubernetesVersion}: ${resources} resources in ${components} components`;
    return [colors.bold(stack), ...wrap(facts, width, "  ")].join("\n");
}

/** A comparison as people read it in a terminal. */
export function renderDiff(diff: PlanDiff, { color, width }: TerminalOptions): string {
    const colors = createColors(color);
    const lines = [
        ...diff.added.map(({ type, name }) => colors.green(cut(`+ ${shortType(type)} ${name}`, width))),
        ...diff.removed.map(({ type, name }) => colors.red(cut(`- ${shortType(type)} ${name}`, width))),
        ...diff.changed.map(({ type, name, changes, replaces }) => {
            const paths = changes.map(({ path }) => path).join(", ");
            const line = cut(
                `${replaces.length > 0 ? "±" : "~"} ${shortType(type)} ${name}: ${paths}${replaces.length > 0 ? " (replaced)" : ""}`,
                width,
            );
            return replaces.length > 0 ? colors.magenta(line) : colors.yellow(line);
        }),
    ];
    const replaced = diff.changed.filter(({ replaces }) => replaces.length > 0).length;
    const counts = `${diff.added.length} added, ${diff.removed.length} removed, ${diff.changed.length - replaced} changed, ${replaced} replaced`;
    return `${[colors.bold(`Against the former plan: ${counts}`), ...lines].join("\n")}\n`;
}

/** Components with their children. */
function tree(resources: readonly PlannedResource[], { width }: TerminalOptions, colors: Colors): string {
    const children = new Map<string | null, PlannedResource[]>();
    for (const resource of resources) {
        children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource]);
    }
    const lines: string[] = [];
    const visit = (parent: string | null, indent: string): void => {
        const own = children.get(parent) ?? [];
        own.forEach((resource, index) => {
            const last = index === own.length - 1;
            const label = `${shortType(resource.type)} ${resource.name}${resource.protect ? " (protected)" : ""}`;
            const line = cut(`${indent}${last ? "└─ " : "├─ "}${label}`, width);
            lines.push(resource.custom ? line : colors.cyan(line));
            visit(resource.urn, `${indent}${last ? "   " : "│  "}`);
        });
    };
    visit(null, "");
    return lines.join("\n");
}

/** `aws:ec2/vpc:Vpc` as `ec2.Vpc`; components by their name. */
export function shortType(type: string): string {
    const [packageName = "", module = "", name = ""] = type.split(":");
    const group = module.split("/")[0] ?? "";
    return packageName === "aws-kubernetes" || packageName === "pulumi" ? name : `${group}.${name}`;
}

const STATUS_TEXT: Readonly<Record<BudgetStatus, string>> = { ok: "ok", warning: "warning", error: "over" };

function budgets(all: readonly Budget[], { width, quiet }: TerminalOptions, colors: Colors): string {
    const shown = [...all]
        .filter(({ status }) => quiet !== true || status !== BudgetStatus.Ok)
        .sort((a, b) => share(b) - share(a))
        .slice(0, quiet === true ? undefined : 20);
    if (shown.length === 0) {
        return quiet === true ? "" : `${colors.bold("Budgets")}\nnone`;
    }
    const paint = { ok: colors.green, warning: colors.yellow, error: colors.red };
    const table = new Table({
        head: ["budget", "used of limit", "unit", ""],
        colAligns: ["left", "right", "left", "left"],
        style: { head: [], border: [], compact: true },
        chars: PLAIN_BORDERS,
    });
    for (const { subject, used, limit, unit, status } of shown) {
        table.push([cut(subject, Math.max(16, width - 62)), `${Math.round(used)} of ${limit}`, unit, paint[status](STATUS_TEXT[status])]);
    }
    const advice = shown.flatMap(({ advice: text, subject, status }) =>
        text === undefined || status === BudgetStatus.Ok ? [] : wrap(`${subject}: ${text}`, width, "  "),
    );
    const left = all.length - shown.length;
    const more = quiet === true || left <= 0 ? [] : [colors.dim(`${left} more with more room`)];
    return [colors.bold("Budgets, fullest first"), table.toString(), ...more, ...advice].join("\n");
}

const PLAIN_BORDERS = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: " ",
};

function share({ used, limit }: Budget): number {
    return limit === 0 ? (used === 0 ? 0 : Infinity) : used / limit;
}

function criticalPath({ summary }: PlanFile, { width }: TerminalOptions, colors: Colors): string {
    const { create, destroy } = summary.criticalPath;
    const steps = (list: readonly CriticalStep[]): string =>
        list
            .filter(({ seconds }) => seconds >= 10)
            .map(({ urn, seconds }) => `${label(urn)} ${duration(seconds)}`)
            .join(" → ");
    return [
        colors.bold("Critical path, typical durations"),
        ...wrap(`create ${duration(create.seconds)}: ${steps(create.steps)}`, width, "  "),
        ...wrap(`destroy ${duration(destroy.seconds)}: ${steps(destroy.steps)}`, width, "  "),
    ].join("\n");
}

/** A resource as `ec2.Vpc dev`. */
function label(urn: string): string {
    const [, , types = "", name = urn] = urn.split("::");
    return `${shortType(types.split("$").at(-1) ?? types)} ${name}`;
}

/** Seconds as `12m 30s`. */
export function duration(seconds: number): string {
    const minutes = Math.floor(seconds / 60);
    return minutes === 0 ? `${Math.round(seconds)}s` : `${minutes}m ${Math.round(seconds % 60)}s`;
}

function violations(all: readonly PlannedViolation[], { width }: TerminalOptions, colors: Colors): string {
    const lines = [...all]
        .sort((a, b) => Number(a.level === "advisory") - Number(b.level === "advisory"))
        .flatMap(({ policy, level, severity, urn, message }) => {
            const title = `${level} ${policy} (${severity}): ${urn.split("::").at(-1) ?? urn}`;
            return [level === "mandatory" ? colors.red(title) : colors.yellow(title), ...wrap(message, width, "  ")];
        });
    return lines.length === 0 ? "" : [colors.bold("Policy"), ...lines].join("\n");
}

function closing(plan: PlanFile, colors: Colors): string {
    const verdict = verdictOf(plan);
    const text = `${plan.stack}: ${verdictText(verdict)} (${plan.policy.evaluated} policy checks)`;
    return verdict.exitCode === ExitCode.Ok ? colors.green(text) : colors.red(text);
}

function cut(text: string, width: number): string {
    return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

function wrap(text: string, width: number, indent: string): string[] {
    const lines: string[] = [];
    let line = indent;
    for (const word of text.split(/\s+/)) {
        if (line.trim() !== "" && line.length + word.length + 1 > width) {
            lines.push(line);
            line = `${indent}  `;
        }
        line += line.trim() === "" ? word : ` ${word}`;
    }
    return [...lines, line];
}
