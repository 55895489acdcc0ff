/**
 * Regions, partitions and availability zones as plain data: what decides how many subnets exist must be known
 * without asking AWS. Zone letters are those AWS shows most accounts; an account that differs names its zones.
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */

/** Letters of the availability zones of each region. */
export const ZONE_LETTERS: Readonly<Record<string, string>> = {
    "af-south-1": "abc",
    "ap-east-1": "abc",
    "ap-east-2": "abc",
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ap-northeast-3": "abc",
    "ap-south-1": "abc",
    "ap-south-2": "abc",
    "ap-southeast-1": "abc",
    "ap-southeast-2": "abc",
    "ap-southeast-3": "abc",
    "ap-southeast-4": "abc",
    "ap-southeast-5": "abc",
    "ap-southeast-7": "abc",
    "ca-central-1": "abd",
    "ca-west-1": "abc",
    "cn-north-1": "abd",
    "cn-northwest-1": "abc",
    "eu-central-1": "abc",
    "eu-central-2": "abc",
    "eu-north-1": "abc",
    "eu-south-1": "abc",
    "eu-south-2": "abc",
    "eu-west-1": "abc",
    "eu-west-2": "abc",
    "eu-west-3": "abc",
    "il-central-1": "abc",
    "me-central-1": "abc",
    "me-south-1": "abc",
    "mx-central-1": "abc",
    "sa-east-1": "abc",
    "us-east-1": "abcdef",
    "us-east-2": "abc",
    "us-gov-east-1": "abc",
    "us-gov-west-1": "abc",
    "us-west-1": "ab",
    "us-west-2": "abcd",
};

/** A region's availability zones, or undefined for a region this table does not know. */
export function zonesOf(region: string): string[] | undefined {
    return ZONE_LETTERS[region]?.split("").map((letter) => `${region}${letter}`);
}

/** ARN partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
    if (region.startsWith("cn-")) {
        return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An availability zone's name taken apart; undefined for Local Zones, Wavelength Zones and other text. */
export function parseZone(zone: string): { region: string; letter: string } | undefined {
    const match = /^([a-z]{2}(?:-[a-z]+)+-\d)([a-f])$/.exec(zone);
    return match === null ? undefined : { region: match[1] ?? "", letter: match[2] ?? "" };
}
