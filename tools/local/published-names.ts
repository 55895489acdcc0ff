/**
 * Writes `go/provider-aws/fields.json`: where the property names and shapes of the installed @pulumi/aws differ
 * from what the bridge derives. Run after a change of @pulumi/aws or of the Terraform provider:
 * `pulumi-resource-aws -dump-schema > schema.json && node bin/tools/local/published-names.js schema.json`.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { asset, findProjectRoot, readJson } from "./project";

/** A property as the bridge derives it (see dump.go). */
interface Derived {
    readonly name: string;
    readonly type: "list" | "map" | "scalar";
    readonly single?: boolean;
    readonly input?: boolean;
    readonly fields?: Readonly<Record<string, Derived>>;
}

type DerivedFields = Readonly<Record<string, Derived>>;

interface Override {
    name?: string;
    maxItemsOne?: boolean;
    /** The published property that holds the first element of this list, which only the provider fills. */
    first?: string;
    fields?: Record<string, Override>;
}

type Overrides = Record<string, Override>;

interface Dump {
    readonly resources: Readonly<Record<string, DerivedFields>>;
    readonly dataSources: Readonly<Record<string, DerivedFields>>;
}

/** Published properties that took over from one the bridge would still choose. */
const renamed: Readonly<Record<string, Overrides>> = {
    "aws:index/getRegion:getRegion": { name: { name: "region" } },
};

/** Compares one object's derived fields with the properties of a published type. */
class Comparison {
    readonly missing: string[] = [];

    constructor(private readonly checker: ts.TypeChecker) {}

    fields(derived: DerivedFields, published: ts.Type, where: string): Overrides {
        const overrides: Overrides = {};
        const taken = new Set(
            Object.values(derived)
                .map((one) => one.name)
                .filter((name) => published.getProperty(name)),
        );
        for (const [terraform, one] of Object.entries(derived)) {
            const name = published.getProperty(one.name)
                ? one.name
                : alternatives(terraform).find((name) => published.getProperty(name) && !taken.has(name));
            if (name === undefined) {
                if (one.input && !["id", "tags_all", "timeouts"].includes(terraform)) this.missing.push(`${where}.${one.name}`);
                continue;
            }
            const override = this.property(one, name, this.plainType(published.getProperty(name)!), `${where}.${name}`);
            if (Object.keys(override).length > 0) overrides[terraform] = override;
        }
        return overrides;
    }

    private property(one: Derived, name: string, type: ts.Type, where: string): Override {
        const override: Override = {};
        const element = this.elementOf(type);
        if (one.type === "list" && !(type.flags & ts.TypeFlags.Any)) {
            const single = element === undefined;
            if (single && !one.single && !one.input && !/:get[A-Z]/.test(where)) return { first: name };
            if (single !== (one.single ?? false)) override.maxItemsOne = single;
        }
        if (name !== one.name || override.maxItemsOne !== undefined) override.name = name;
        if (one.fields) {
            const inner = this.fields(one.fields, element ?? type, where);
            if (Object.keys(inner).length > 0) override.fields = inner;
        }
        return override;
    }

    /** The type without `undefined` and without `Output<…>`. */
    private plainType(property: ts.Symbol): ts.Type {
        const declared = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(property));
        const output = (declared.aliasSymbol?.name === "Output" ? declared.aliasTypeArguments : undefined)?.[0];
        return this.checker.getNonNullableType(output ?? declared);
    }

    private elementOf(type: ts.Type): ts.Type | undefined {
        return this.checker.isArrayType(type)
            ? this.checker.getNonNullableType(this.checker.getTypeArguments(type as ts.TypeReference)[0]!)
            : undefined;
    }
}

/** Singular and plural camel-case forms of a Terraform name. */
function alternatives(terraform: string): string[] {
    const camel = terraform.replace(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
    return [camel, `${camel}s`, camel.replace(/s$/, ""), camel.replace(/ies$/, "y")];
}

/** `aws:ec2/vpc:Vpc` → the declaration file and the type that has its properties. */
function declarationOf(token: string): { file: string; type: string } {
    const [, module = "", name = ""] = token.split(":");
    const isFunction = /^get[A-Z]/.test(name);
    const file = path.join(findProjectRoot(), "node_modules", "@pulumi", "aws", `${module.replace(/^index\//, "")}.d.ts`);
    return { file, type: isFunction ? `${name[0]!.toUpperCase()}${name.slice(1)}Result` : name };
}

function publishedType(program: ts.Program, checker: ts.TypeChecker, token: string): ts.Type | undefined {
    const { file, type } = declarationOf(token);
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    const exported = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === type);
    return exported && checker.getDeclaredTypeOfSymbol(exported);
}

function main(): void {
    const dump = readJson<Dump>(process.argv[2] ?? "schema.json");
    const resources = readJson<Record<string, string>>(asset("go", "provider-aws", "resources.json"));
    const dataSources = readJson<Record<string, string>>(asset("go", "provider-aws", "datasources.json"));
    const tokens = [
        ...Object.entries(resources).map(([name, token]) => ({ token, derived: dump.resources[name] })),
        ...Object.entries(dataSources).map(([name, token]) => ({ token, derived: dump.dataSources[name] })),
    ];
    const files = tokens.map(({ token }) => declarationOf(token).file).filter((file) => fs.existsSync(file));
    const program = ts.createProgram(files, {
        strict: true,
        skipLibCheck: true,
        module: ts.ModuleKind.Node16,
        moduleResolution: ts.ModuleResolutionKind.Node16,
        types: [],
    });
    const comparison = new Comparison(program.getTypeChecker());
    const result: Record<string, Overrides> = {};
    for (const { token, derived } of tokens) {
        const type = publishedType(program, program.getTypeChecker(), token);
        if (type === undefined || derived === undefined) continue;
        const overrides = { ...comparison.fields(derived, type, token), ...renamed[token] };
        if (Object.keys(overrides).length > 0) result[token] = overrides;
    }
    const sorted = Object.fromEntries(Object.entries(result).sort(([a], [b]) => a.localeCompare(b)));
    fs.writeFileSync(asset("go", "provider-aws", "fields.json"), `${JSON.stringify(sorted, null, 1)}\n`);
    process.stdout.write(
        `${Object.keys(sorted).length} of ${tokens.length} types differ\n${comparison.missing.map((one) => `no such published input: ${one}`).join("\n")}\n`,
    );
}

if (require.main === module) main();
