/**
 * Names of EC2 instance types: what they look like, which are known, and their architecture.
 * Naming: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
import { nearest, show } from "../core/errors";
import type { Problems } from "../core/errors";
import { Architecture } from "./arguments";
import known from "./known-instance-types.json";

interface Family {
    architecture: string;
    sizes: string[];
}

const FAMILIES = known.families as Readonly<Record<string, Family>>;
/** A family (letters, generation, options) and a size, such as `m6i.large`, `u-6tb1.112xlarge`, `c7i.metal-24xl`. */
const SHAPE = /^[a-z]+[a-z0-9]*(?:-[a-z0-9]+)*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Every known type name. */
export function knownInstanceTypes(): string[] {
    return Object.entries(FAMILIES).flatMap(([family, { sizes }]) => sizes.map((size) => `${family}.${size}`));
}

/** Whether this package knows the type. */
export function isKnownInstanceType(type: string): boolean {
    const { family, size } = split(type);
    return familyOf(family)?.sizes.includes(size) ?? false;
}

/** The architecture of a type, by its family; undefined when the family is unknown or runs macOS only. */
export function architectureOf(type: string): Architecture | undefined {
    const architecture = familyOf(split(type).family)?.architecture;
    return Object.values(Architecture).find((candidate) => candidate === architecture);
}

/** Checks a list of types: shape, knowledge, macOS, and that all have one architecture. */
export function validateInstanceTypes(types: readonly string[], allowUnknown: boolean, path: string, problems: Problems): void {
    types.forEach((type, index) => {
        const reason = typeProblem(type, allowUnknown);
        problems.require(reason === undefined, `${path}[${index}]`, reason ?? "");
        problems.require(types.indexOf(type) === index, `${path}[${index}]`, `${show(type)} is there twice; remove one`);
    });
    const architectures = new Set(types.map(architectureOf).filter((architecture) => architecture !== undefined));
    if (architectures.size > 1) {
        const listed = types.map((type) => `${type} (${architectureOf(type) ?? "unknown"})`).join(", ");
        problems.add(path, `mixes architectures, and one image cannot serve both: ${listed}; make a group for each`);
    }
}

function typeProblem(type: string, allowUnknown: boolean): string | undefined {
    if (!SHAPE.test(type)) {
        return `${show(type)} is no instance type${suggestion(type)}; write family, dot, size, such as "m6i.large"`;
    }
    const { family } = split(type);
    if (familyOf(family)?.architecture === "mac") {
        return `${show(type)} runs macOS only and cannot join a cluster; choose another type`;
    }
    if (!isKnownInstanceType(type) && !allowUnknown) {
        return `${show(type)} is unknown${suggestion(type)}; correct it, or set allowUnknownInstanceTypes for a type that is newer than this package`;
    }
    return undefined;
}

/** The nearest size of the same family, else the nearest of all types. */
function suggestion(type: string): string {
    const { family, size } = split(type);
    const sizes = familyOf(family)?.sizes;
    if (sizes !== undefined) {
        const best = nearest(size, sizes);
        return best === undefined ? `; ${family} has ${sizes.join(", ")}` : `; did you mean "${family}.${best}"?`;
    }
    const best = nearest(type, knownInstanceTypes());
    return best === undefined ? "" : `; did you mean "${best}"?`;
}

function familyOf(family: string): Family | undefined {
    return Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
}

function split(type: string): { family: string; size: string } {
    const dot = type.indexOf(".");
    return dot < 0 ? { family: type, size: "" } : { family: type.slice(0, dot), size: type.slice(dot + 1) };
}
