/** Finds a Terraform AWS provider binary on this machine; no package registry the bench uses carries one. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isFile } from "./project";

/** The newest provider binary below the usual places, or the one `TF_PROVIDER_AWS` names. */
export function findTerraformProvider(environment: NodeJS.ProcessEnv = process.env): string | undefined {
    const named = environment["TF_PROVIDER_AWS"];
    if (named) return isFile(named) ? named : newest(binariesBelow(named));
    const places = [
        path.join(os.homedir(), ".terraform.d", "plugins"),
        "/usr/local/share/terraform/plugins",
        "/usr/share/terraform/plugins",
        ...children("/opt"),
    ];
    return newest(places.flatMap((place) => binariesBelow(place)));
}

/** Provider binaries directly in a folder, or in the filesystem-mirror layout host/hashicorp/aws/version/platform. */
function binariesBelow(place: string): string[] {
    const mirrors = children(place).flatMap((host) => children(path.join(host, "hashicorp", "aws")));
    const platforms = mirrors.flatMap((version) => children(version)).filter((dir) => path.basename(dir) === platform());
    return [place, ...platforms].flatMap((dir) =>
        children(dir).filter((file) => path.basename(file).startsWith("terraform-provider-aws") && isFile(file)),
    );
}

function platform(): string {
    const arch = process.arch === "x64" ? "amd64" : process.arch;
    return `${process.platform}_${arch}`;
}

function children(dir: string): string[] {
    try {
        return fs.readdirSync(dir).map((name) => path.join(dir, name));
    } catch {
        return [];
    }
}

function newest(files: readonly string[]): string | undefined {
    const version = (file: string): string => /(\d+\.\d+\.\d+)/.exec(file)?.[1] ?? "0";
    return [...files].sort((a, b) => version(b).localeCompare(version(a), undefined, { numeric: true }))[0];
}

/** The version in a provider binary's path, if it is there. */
export function providerVersion(file: string): string {
    return /(\d+\.\d+\.\d+)/.exec(file)?.[1] ?? "unknown";
}
