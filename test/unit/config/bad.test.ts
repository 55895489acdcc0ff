import { expect } from "chai";
import { errorOf, load } from "./factories";
import type { Raw } from "./factories";

/** What is changed, by path with slashes; where the error must point; and part of what it must say. */
type Row = [changes: Raw, path: string, reason: RegExp];

const group = (changes: Raw): Raw => Object.fromEntries(Object.entries(changes).map(([key, value]) => [`nodeGroups/apps/${key}`, value]));
const APPS = "nodeGroups.apps";
const ENTRY = "access/entries/dev";
const ARN = "arn:aws:iam::123456789012:role/dev";
const EXISTING = {
    vpcId: "vpc-1",
    cidrBlocks: ["10.0.0.0/16"],
    privateSubnets: ["a", "b"].map((letter) => ({ id: `subnet-${letter}`, zone: `eu-central-1${letter}` })),
};

const TABLES: Record<string, Row[]> = {
    "keys that are not known": [
        [{ netwrok: {} }, "netwrok", /unknown key; did you mean "network"\?/],
        [{ somethingElse: 1 }, "somethingElse", /unknown key; known here are environment, /],
        [{ "network/cidrBlok": "10.0.0.0/16" }, "network.cidrBlok", /did you mean "cidrBlock"\?/],
        [{ "network/nat/stratgy": "none" }, "network.nat.stratgy", /did you mean "strategy"\?/],
        [{ "network/tiers/private/prefixLenght": 20 }, "network.tiers.private.prefixLenght", /did you mean "prefixLength"\?/],
        [{ "network/tiers/internal": {} }, "network.tiers.internal", /unknown key/],
        [{ "network/ipv6/enable": true }, "network.ipv6.enable", /did you mean "enabled"\?/],
        [{ "network/flowLogs/retention": 7 }, "network.flowLogs.retention", /unknown key; .*retentionDays/],
        [{ "cluster/endpoint/publicAcess": true }, "cluster.endpoint.publicAcess", /did you mean "publicAccess"\?/],
        [{ "cluster/encryption/kmsKey": "k" }, "cluster.encryption.kmsKey", /unknown key; known here are enabled, kmsKeyArn/],
        [{ "logging/type": [] }, "logging.type", /did you mean "types"\?/],
        [{ "access/entrys": {} }, "access.entrys", /did you mean "entries"\?/],
        [{ "access/entries/admin/princpalArn": ARN }, "access.entries.admin.princpalArn", /did you mean "principalArn"\?/],
        [
            { [ENTRY]: { principalArn: ARN, policies: [{ policy: "AmazonEKSViewPolicy", namespace: "x" }] } },
            "access.entries.dev.policies[0].namespace",
            /did you mean "namespaces"\?/,
        ],
        [{ "addons/coredns/versoin": "latest" }, "addons.coredns.versoin", /did you mean "version"\?/],
        [group({ maxSiz: 3 }), `${APPS}.maxSiz`, /did you mean "maxSize"\?/],
        [group({ disk: { size: 50 } }), `${APPS}.disk.size`, /unknown key; .*sizeGib/],
        [
            group({ taints: [{ key: "a", effct: "NoSchedule", effect: "NoSchedule" }] }),
            `${APPS}.taints[0].effct`,
            /did you mean "effect"\?/,
        ],
        [{ "aws-kubernets:nodeGroups": {} }, "aws-kubernets:nodeGroups", /unknown namespace; did you mean "aws-kubernetes:nodeGroups"\?/],
    ],
    "values of the wrong type": [
        [{ network: "10.0.0.0/16" }, "network", /"10\.0\.0\.0\/16" is not a group of keys/],
        [{ network: null }, "network", /null is not a group of keys/],
        [{ "network/zoneCount": "three" }, "network.zoneCount", /"three" is not a/],
        [{ "network/zoneCount": 2.5 }, "network.zoneCount", /2\.5/],
        [{ "network/zones": "eu-central-1a" }, "network.zones", /is not a list/],
        [{ "network/zones": [1] }, "network.zones[0]", /1 is not text/],
        [{ "network/cidrBlock": "" }, "network.cidrBlock", /empty; give a value/],
        [{ "network/tiers/public/enabled": "yes" }, "network.tiers.public.enabled", /"yes" is not true or false/],
        [{ "network/flowLogs/retentionDays": "thirty" }, "network.flowLogs.retentionDays", /"thirty" is not/],
        [{ protect: "maybe" }, "protect", /"maybe" is not true or false/],
        [{ tags: { Owner: 7 } }, "tags.Owner", /7 is not text/],
        [{ tags: ["Owner"] }, "tags", /is not a group of keys/],
        [{ "cluster/endpoint": true }, "cluster.endpoint", /true is not a group of keys/],
        [{ "cluster/webhookPorts": ["https"] }, "cluster.webhookPorts[0]", /"https" is not a/],
        [{ "logging/types": ["audits"] }, "logging.types[0]", /"audits" is not known; did you mean "audit"\?/],
        [{ nodeGroups: [] }, "nodeGroups", /is not a group of keys/],
        [{ "nodeGroups/apps": null }, APPS, /null is not a group of keys/],
        [group({ minSize: "one" }), `${APPS}.minSize`, /"one" is not a/],
        [group({ instanceTypes: "m6i.large" }), `${APPS}.instanceTypes`, /is not a list/],
        [group({ labels: { a: true } }), `${APPS}.labels.a`, /true is not text/],
        [group({ taints: { a: "NoSchedule" } }), `${APPS}.taints`, /is not a list/],
    ],
    "values that are missing": [
        [{ "aws:region": undefined }, "aws:region", /missing; name the region, such as "eu-central-1"/],
        [{ kubernetesVersion: undefined }, "kubernetesVersion", /missing; give text/],
        [{ access: undefined }, "access", /missing; give a group of keys/],
        [{ [ENTRY]: { groups: ["x"] } }, "access.entries.dev.principalArn", /missing; give text/],
        [group({ kind: undefined }), `${APPS}.kind`, /missing; use one of managed, self-managed/],
        [group({ taints: [{ key: "a" }] }), `${APPS}.taints[0].effect`, /missing; use one of NoSchedule, PreferNoSchedule, NoExecute/],
        [group({ taints: [{ effect: "NoSchedule" }] }), `${APPS}.taints[0].key`, /missing; give text/],
        [{ network: { existing: { cidrBlocks: [] } } }, "network.existing.vpcId", /missing; give text/],
    ],
    "choices that are not known": [
        [{ clusterKind: "eksctl" }, "clusterKind", /"eksctl" is not known/],
        [{ "network/nat/strategy": "one-per-zones" }, "network.nat.strategy", /did you mean "one-per-zone"\?/],
        [{ "network/flowLogs/traffic": "all" }, "network.flowLogs.traffic", /did you mean "ALL"\?/],
        [{ "cluster/ipFamily": "ipv5" }, "cluster.ipFamily", /"ipv5" is not known; did you mean "ipv[46]"\?/],
        [{ "cluster/supportType": "PREMIUM" }, "cluster.supportType", /use one of STANDARD, EXTENDED/],
        [{ "access/authenticationMode": "CONFIGMAP" }, "access.authenticationMode", /did you mean "CONFIG_MAP"\?/],
        [
            { [ENTRY]: { principalArn: ARN, policies: [{ policy: "AmazonEKSViewPolcy" }] } },
            "access.entries.dev.policies[0].policy",
            /did you mean "AmazonEKSViewPolicy"\?/,
        ],
        [{ addons: { coredns: { resolveConflicts: "overwrite" } } }, "addons.coredns.resolveConflicts", /did you mean "OVERWRITE"\?/],
        [group({ kind: "managd" }), `${APPS}.kind`, /did you mean "managed"\?/],
        [group({ operatingSystem: "bottelrocket" }), `${APPS}.operatingSystem`, /did you mean "bottlerocket"\?/],
        [group({ taints: [{ key: "a", effect: "NoScedule" }] }), `${APPS}.taints[0].effect`, /did you mean "NoSchedule"\?/],
        [group({ capacityType: "Spot" }), `${APPS}.capacityType`, /did you mean "spot"\?/],
        [group({ subnetTier: "privat" }), `${APPS}.subnetTier`, /did you mean "private"\?/],
    ],
    "names and versions": [
        [{ environment: "Prod EU" }, "environment", /use lower-case letters, digits and hyphens/],
        [{ clusterName: "my cluster" }, "clusterName", /use letters, digits, "-" and "_"/],
        [{ kubernetesVersion: "1.99" }, "kubernetesVersion", /unknown Kubernetes version "1\.99"/],
        [{ kubernetesVersion: 1.3 }, "kubernetesVersion", /YAML reads 1\.30 as the number 1\.3; write it in quotes, "1\.30"/],
        [{ kubernetesVersion: "v1.35.0" }, "kubernetesVersion", /write "1\.35"/],
        [{ "aws:region": "frankfurt" }, "aws:region", /"frankfurt" is not a region/],
        [{ "aws:region": "eu-centrl-1" }, "aws:region", /unknown region "eu-centrl-1"; did you mean "eu-central-1"\?/],
        [{ "tags/aws:owner": "x" }, "tags.aws:owner", /reserved by AWS/],
    ],
    networks: [
        [{ "network/cidrBlock": "10.0.0.0/28" }, "network.cidrBlock", /too small for six zones/],
        [{ "network/cidrBlock": "10.0.0.1/16" }, "network.cidrBlock", /did you mean "10\.0\.0\.0\/16"\?/],
        [{ "network/podCidrBlock": "10.0.0.0/16" }, "network.podCidrBlock", /overlaps the VPC's block/],
        [
            { "network/tiers/public/cidrBlocks/eu-central-1a": "10.0.0.0/20" },
            "network.tiers.private.cidrBlocks",
            /overlaps 10\.0\.0\.0\/20 of public/,
        ],
        [{ "network/zoneCount": 9 }, "network.zoneCount", /eu-central-1 has 3/],
        [{ "network/zoneCount": 1 }, "network", /EKS needs subnets in at least two zones.*in eu-central-1a/],
        [
            { "network/zoneCount": undefined, "network/zones": ["eu-west-1a", "eu-central-1b"] },
            "network.zones[0]",
            /"eu-west-1a" is not in eu-central-1/,
        ],
        [
            { "network/nat/strategy": "none" },
            "network.endpoints.services",
            /without NAT nodes join only through VPC endpoints; add autoscaling, ec2,/,
        ],
        [
            { "network/nat": undefined, "network/tiers/public/enabled": false },
            "network.endpoints.services",
            /without NAT nodes join only through/,
        ],
        [{ "network/ipv6/dns64": true, "network/nat/strategy": "none" }, "network.ipv6.dns64", /reached through NAT/],
        [{ "network/endpoints/services": ["ecr-api"] }, "network.endpoints.services[0]", /did you mean "ecr\.api"\?/],
        [{ network: { existing: { ...EXISTING, vpcId: "main" } } }, "network.existing.vpcId", /begins with "vpc-"/],
        [{ "network/existing": EXISTING }, "network", /cidrBlock, zoneCount, nat beside existing/],
        [{ network: { existing: { ...EXISTING, cidrBlocks: ["ten"] } } }, "network.existing.cidrBlocks[0]", /no prefix length/],
        [{ network: { existing: { ...EXISTING, privateSubnets: EXISTING.privateSubnets.slice(0, 1) } } }, "network", /at least two zones/],
    ],
    "control planes": [
        [{ "cluster/endpoint": { publicAccess: true } }, "cluster.endpoint.publicAccessCidrs", /needs the blocks that may reach it/],
        [
            { "cluster/endpoint": { publicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] } },
            "cluster.endpoint.publicAccessCidrs",
            /whole internet/,
        ],
        [
            { environment: "prod", "cluster/endpoint": { publicAccess: true, publicAccessCidrs: ["0.0.0.0/0"], allowAnyAddress: true } },
            "cluster.endpoint.allowAnyAddress",
            /true in environment "prod": the API server must not be open to the world/,
        ],
        [
            { environment: "prod-eu", "cluster/endpoint": { publicAccess: true, publicAccessCidrs: ["0.0.0.0/0"], allowAnyAddress: true } },
            "cluster.endpoint.allowAnyAddress",
            /true in environment "prod-eu"/,
        ],
        [{ "cluster/serviceCidr": "10.0.0.0/20" }, "cluster.serviceCidr", /overlaps the network's 10\.0\.0\.0\/16/],
        [
            { "network/podCidrBlock": "172.20.0.0/16", "cluster/serviceCidr": "172.20.0.0/16" },
            "cluster.serviceCidr",
            /overlaps the network's 172\.20\.0\.0\/16/,
        ],
        [{ "cluster/webhookPorts": [70000] }, "cluster.webhookPorts[0]", /70000 is not a port/],
        [{ "cluster/ipFamily": "ipv6", "network/ipv6/enabled": false }, "cluster.ipFamily", /needs a network with an IPv6 block/],
        [{ "cluster/ipFamily": "ipv6", network: { existing: EXISTING } }, "cluster.ipFamily", /needs a network with an IPv6 block/],
        [{ "cluster/controlPlaneInIsolatedSubnets": true }, "network", /its isolated ones are in none/],
        [{ "logging/retentionDays": 45 }, "logging.retentionDays", /no retention of 45 days/],
        [{ access: {} }, "access.entries", /nobody would be able to administer/],
        [
            { [ENTRY]: { principalArn: "arn:aws:iam::1:root", groups: ["x"] } },
            "access.entries.dev.principalArn",
            /not the ARN of an IAM role or user/,
        ],
        [{ "addons/vpc-cnni": {} }, "addons.vpc-cnni", /did you mean "vpc-cni"\?/],
        [{ "addons/coredns": { version: "1.11" } }, "addons.coredns.version", /"1\.11" is not a version/],
        [{ "cluster/encryption/deletionWindowDays": 3 }, "cluster.encryption.deletionWindowDays", /KMS takes 7 to 30 days/],
    ],
    "node groups": [
        [group({ minSize: 5, maxSize: 2 }), `${APPS}.maxSize`, /2 is below minSize 5/],
        [group({ desiredSize: 9 }), `${APPS}.desiredSize`, /not between minSize 1 and maxSize 3/],
        [group({ instanceTypes: ["t3.foo"] }), `${APPS}.instanceTypes[0]`, /"t3\.foo"/],
        [group({ instanceTypes: ["m6i.large", "m6g.large"] }), `${APPS}.instanceTypes`, /mixes architectures/],
        [group({ kubernetesVersion: "1.36" }), `${APPS}.kubernetesVersion`, /1\.36 is newer than the cluster's 1\.35/],
        [group({ kubernetesVersion: "1.31" }), `${APPS}.kubernetesVersion`, /1\.31 is too old for a 1\.35 cluster/],
        [group({ kubernetesVersion: "latest" }), `${APPS}.kubernetesVersion`, /no Kubernetes minor/],
        [group({ labels: { "node-role.kubernetes.io/web": "x" } }), `${APPS}.labels.node-role.kubernetes.io/web`, /reserved/],
        [group({ disk: { sizeGib: 5 } }), `${APPS}.disk.sizeGib`, /out of range/],
        [
            group({ zones: ["eu-central-1c"] }),
            `${APPS}.zones[0]`,
            /"eu-central-1c" is not one of the network's zones \(eu-central-1a, eu-central-1b\)/,
        ],
        [group({ zones: [] }), `${APPS}.zones`, /empty; name zones/],
        [group({ subnetTier: "isolated" }), `${APPS}.subnetTier`, /the network has no isolated subnets/],
        [group({ nodeadm: { preCommands: ["#".repeat(17_000)] } }), `${APPS}.userData`, /user data of \d+ bytes/],
        [
            group({ kind: "self-managed", capacityType: "spot" }),
            `${APPS}.capacityType`,
            /belongs to managed groups; use instancesDistribution/,
        ],
        [group({ instanceRefresh: { enabled: true } }), `${APPS}.instanceRefresh`, /belongs to self-managed groups/],
        [group({ tags: { "a#b": "c" } }), `${APPS}.tags.a#b`, /a character AWS refuses/],
        [{ "nodeGroups/My_Group": { kind: "managed" } }, "nodeGroups.My_Group", /use lower-case letters, digits and hyphens/],
        [
            { "nodeGroups/apps/perZone": true, "nodeGroups/apps-a": { kind: "managed" } },
            "nodeGroups.apps-a",
            /would make a group called "apps-a", and so would nodeGroups\.apps/,
        ],
        [
            {
                network: {
                    existing: { ...EXISTING, privateSubnets: [...EXISTING.privateSubnets, { id: "subnet-c", zone: "eu-central-1a" }] },
                },
                ...group({ perZone: true }),
            },
            `${APPS}.perZone`,
            /eu-central-1a has several private subnets/,
        ],
        [
            { network: { existing: EXISTING }, ...group({ zones: ["eu-central-1c"] }) },
            `${APPS}.zones[0]`,
            /is not one of the network's zones/,
        ],
    ],
};

for (const [what, rows] of Object.entries(TABLES)) {
    describe(`a configuration with ${what}`, () => {
        for (const [changes, path, reason] of rows) {
            it(`is refused at ${path}: ${JSON.stringify(changes).slice(0, 90)}`, () => {
                const { problems } = errorOf(() => load(changes));
                const reasons = problems.filter((problem) => problem.path === path).map((problem) => problem.reason);
                expect(reasons.join("\n"), problems.map((problem) => `${problem.path}: ${problem.reason}`).join("\n")).to.match(reason);
            });
        }
    });
}

describe("the table of bad configurations", () => {
    it("holds a hundred at least", () => {
        expect(Object.values(TABLES).flat().length).to.be.at.least(100);
    });

    it("starts from a good one", () => {
        expect(() => load()).not.to.throw();
    });
});
