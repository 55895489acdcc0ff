import { expect } from "chai";
import { IpFamily } from "../../../components/core/handles";
import { AccessEntryType, AccessPolicy, AuthenticationMode, EksCluster, validateEksCluster } from "../../../components/eks";
import type { AccessEntryArgs, EksAddonArgs, EksClusterArgs } from "../../../components/eks";
import { refusals } from "../../support/found";
import { ADMINISTRATOR, clusterArgs, network } from "./factories";

const ADMIN: AccessEntryArgs = { principalArn: ADMINISTRATOR, policies: [{ policy: AccessPolicy.ClusterAdmin }] };
const open = (...publicAccessCidrs: string[]): Partial<EksClusterArgs> => ({ endpoint: { publicAccess: true, publicAccessCidrs } });
const entry = (changes: Partial<AccessEntryArgs>, key = "dev"): Partial<EksClusterArgs> => ({
    access: { entries: { admin: ADMIN, [key]: { principalArn: "arn:aws:iam::123456789012:user/dev", ...changes } } },
});
const addon = (name: string, settings: EksAddonArgs = {}): Partial<EksClusterArgs> => ({ addons: { [name]: settings } });
const { subnets } = network();

const ROWS: [string, Partial<EksClusterArgs>, string, RegExp][] = [
    ["a cluster name with a dot", { clusterName: "prod.eu" }, "clusterName", /use letters, digits, "-" and "_", 1 to 100/],
    ["a cluster name too long", { clusterName: "c".repeat(101) }, "clusterName", /1 to 100/],
    ["an unknown version", { kubernetesVersion: "1.99" }, "kubernetesVersion", /unknown Kubernetes version "1\.99"/],
    ["a patch release", { kubernetesVersion: "1.35.1" }, "kubernetesVersion", /write "1\.35"/],
    ["an API server nobody reaches", { endpoint: { privateAccess: false } }, "endpoint", /nobody could reach/],
    [
        "blocks without a public endpoint",
        { endpoint: { publicAccessCidrs: ["203.0.113.0/24"] } },
        "endpoint.publicAccessCidrs",
        /of no effect/,
    ],
    ["a public endpoint without blocks", open(), "endpoint.publicAccessCidrs", /needs the blocks that may reach it/],
    [
        "more blocks than EKS takes",
        open(...Array.from({ length: 41 }, (_, i) => `203.0.${i}.0/24`)),
        "endpoint.publicAccessCidrs",
        /41 blocks; EKS takes at most 40/,
    ],
    ["a block that is none", open("203.0.113.7"), "endpoint.publicAccessCidrs[0]", /has no prefix length/],
    ["a block with host bits", open("203.0.113.7/24"), "endpoint.publicAccessCidrs[0]", /did you mean "203\.0\.113\.0\/24"\?/],
    ["the whole IPv4 internet", open("0.0.0.0/0"), "endpoint.publicAccessCidrs", /opens the API server to the whole internet/],
    ["the whole IPv6 internet", open("::/0"), "endpoint.publicAccessCidrs", /whole internet/],
    ["the internet in two halves", open("0.0.0.0/1", "128.0.0.0/1"), "endpoint.publicAccessCidrs", /whole internet/],
    ["half of the internet", open("128.0.0.0/1"), "endpoint.publicAccessCidrs", /whole internet/],
    ["the internet in quarters", open("0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2"), "endpoint.publicAccessCidrs", /whole internet/],
    ["all global IPv6 addresses", open("2000::/3"), "endpoint.publicAccessCidrs", /whole internet/],
    [
        "a service block of an IPv6 cluster",
        { ipFamily: IpFamily.Ipv6, serviceCidr: "172.20.0.0/16" },
        "serviceCidr",
        /EKS assigns the service block/,
    ],
    ["a service block that is none", { serviceCidr: "172.20.0.0" }, "serviceCidr", /has no prefix length/],
    [
        "a public service block",
        { serviceCidr: "8.8.0.0/16" },
        "serviceCidr",
        /is not in 10\.0\.0\.0\/8, 172\.16\.0\.0\/12 or 192\.168\.0\.0\/16/,
    ],
    ["a shared service block", { serviceCidr: "100.64.0.0/16" }, "serviceCidr", /is not in 10\.0\.0\.0\/8/],
    ["an IPv6 service block of an IPv4 cluster", { serviceCidr: "fd00::/108" }, "serviceCidr", /is not in 10\.0\.0\.0\/8/],
    ["a service block too large", { serviceCidr: "10.64.0.0/10" }, "serviceCidr", /\/10; EKS takes \/12 to \/24/],
    ["a service block too small", { serviceCidr: "172.20.0.0/25" }, "serviceCidr", /\/25; EKS takes/],
    ["a service block over the network", { serviceCidr: "10.0.128.0/20" }, "serviceCidr", /overlaps the network's 10\.0\.0\.0\/16/],
    ["a retention CloudWatch has not", { logging: { retentionDays: 31 } }, "logging.retentionDays", /no retention of 31 days/],
    [
        "a key without encryption",
        { encryption: { enabled: false, kmsKeyArn: "arn:aws:kms:x:1:key/k" } },
        "encryption.kmsKeyArn",
        /of no effect/,
    ],
    [
        "a deletion window too short",
        { encryption: { deletionWindowDays: 6 } },
        "encryption.deletionWindowDays",
        /6; KMS takes 7 to 30 days/,
    ],
    ["a deletion window too long", { encryption: { deletionWindowDays: 31 } }, "encryption.deletionWindowDays", /31; KMS takes/],
    ["a cluster without administrator", { access: {} }, "access.entries", /nobody would be able to administer/],
    [
        "an administrator of one namespace only",
        { access: { entries: { a: { ...ADMIN, policies: [{ policy: AccessPolicy.ClusterAdmin, namespaces: ["x"] }] } } } },
        "access.entries",
        /nobody would be able/,
    ],
    [
        "entries in ConfigMap mode",
        { access: { authenticationMode: AuthenticationMode.ConfigMap, entries: { admin: ADMIN } } },
        "access.entries",
        /not read in mode "CONFIG_MAP"/,
    ],
    [
        "ConfigMap roles in API mode",
        { access: { entries: { admin: ADMIN }, configMapRoles: [{ roleArn: ADMINISTRATOR, username: "a", groups: [] }] } },
        "access.configMapRoles",
        /not read in mode "API"/,
    ],
    [
        "two entries of one principal",
        { access: { entries: { admin: ADMIN, again: ADMIN } } },
        "access.entries",
        /a principal has two entries/,
    ],
    ["an entry key with capitals", entry({ groups: ["x"] }, "Dev"), "access.entries.Dev", /becomes part of resource names/],
    [
        "a principal that is no role or user",
        entry({ principalArn: "arn:aws:iam::1:root", groups: ["x"] }),
        "access.entries.dev.principalArn",
        /is not the ARN of an IAM role or user/,
    ],
    [
        "node entries with groups",
        entry({ type: AccessEntryType.Ec2Linux, groups: ["x"] }),
        "access.entries.dev",
        /entries of type EC2_LINUX take no policies or groups/,
    ],
    ["an entry without rights", entry({}), "access.entries.dev", /gives no rights/],
    [
        "a group of Kubernetes' own",
        entry({ groups: ["system:masters"] }),
        "access.entries.dev.groups[0]",
        /EKS refuses groups that begin with "system:"/,
    ],
    [
        "an unknown policy",
        entry({ policies: [{ policy: "AmazonEKSClusterAdminPolicie" as AccessPolicy }] }),
        "access.entries.dev.policies[0].policy",
        /unknown access policy .*did you mean "AmazonEKSClusterAdminPolicy"\?/,
    ],
    [
        "a policy for no namespace",
        entry({ policies: [{ policy: AccessPolicy.View, namespaces: [] }] }),
        "access.entries.dev.policies[0].namespaces",
        /empty; name namespaces/,
    ],
    [
        "a policy twice",
        entry({
            policies: [
                { policy: AccessPolicy.View, namespaces: ["a"] },
                { policy: AccessPolicy.View, namespaces: ["b"] },
            ],
        }),
        "access.entries.dev.policies",
        /a policy is there twice/,
    ],
    ["a misspelt add-on", addon("vpc-cnni"), "addons.vpc-cnni", /unknown add-on "vpc-cnni"; did you mean "vpc-cni"\?/],
    ["an add-on name with a space", addon("my add on"), "addons.my add on", /unknown add-on "my add on"/],
    ["an add-on version without build", addon("vpc-cni", { version: "v1.20.4" }), "addons.vpc-cni.version", /"v1\.20\.4" is not a version/],
    [
        "an agent's role for an unknown service account",
        addon("kube-proxy", { identity: "pod-identity", roleArn: ADMINISTRATOR }),
        "addons.kube-proxy.identity",
        /needs the service account's name/,
    ],
    [
        "an identity without a role",
        addon("kube-proxy", { identity: "irsa" }),
        "addons.kube-proxy.roleArn",
        /no role is made for this add-on/,
    ],
    ["webhook port 0", { webhookPorts: [443, 0] }, "webhookPorts[1]", /0 is not a port/],
    ["five groups of others", { additionalSecurityGroupIds: ["1", "2", "3", "4", "5"] }, "additionalSecurityGroupIds", /at most 4/],
    ["a bad tag", { tags: { "aws:x": "y" } }, "tags.aws:x", /reserved by AWS/],
    [
        "a network with control-plane subnets in one zone",
        { network: network({ subnets: { ...subnets, private: [...subnets.private.slice(0, 1), ...subnets.private.slice(0, 1)] } }) },
        "network",
        /at least two zones.*in eu-central-1a/,
    ],
    [
        "isolated subnets that are not there",
        { controlPlaneInIsolatedSubnets: true, network: network({ subnets: { ...subnets, isolated: [] } }) },
        "network",
        /its isolated ones are in none/,
    ],
    ["an add-on that waits for nodes", addon("coredns", {}), "addons.coredns", /install it with EksAddons after the node groups/],
    [
        "an entry whose name a node role's would take",
        { access: { entries: { "nodes-x": { principalArn: ADMINISTRATOR, policies: [{ policy: "AmazonEKSClusterAdminPolicy" }] } } } },
        "access.entries.nodes-x",
        /taken by entries of node roles/,
    ],
    [
        "IPv6 in an IPv4 network",
        { ipFamily: IpFamily.Ipv6, network: network({ ipv6CidrBlock: undefined }) },
        "ipFamily",
        /needs a network with an IPv6 block/,
    ],
];

describe("the arguments of EksCluster", () => {
    for (const [what, changes, path, reason] of ROWS) {
        it(`are refused with ${what} at ${path}`, () => {
            const found = refusals(() => new EksCluster("c", clusterArgs(changes)));
            expect([...new Set(found.map((problem) => problem.path))]).to.deep.equal([path]);
            expect(found[0]?.reason).to.match(reason);
        });
    }
});

describe("validateEksCluster", () => {
    const paths = (changes: Partial<EksClusterArgs>, blocks?: string[]): string[] =>
        validateEksCluster(clusterArgs(changes), blocks).map(({ path }) => path);

    it("finds nothing wrong with a private cluster of one administrator", () => {
        expect(paths({})).to.deep.equal([]);
    });

    it("admits the whole internet when told to", () => {
        expect(paths({ endpoint: { publicAccess: true, publicAccessCidrs: ["0.0.0.0/0"], allowAnyAddress: true } })).to.deep.equal([]);
    });

    it("does not count a block twice that lies in another", () => {
        expect(paths(open("0.0.0.0/2", "0.0.0.0/3", "32.0.0.0/3", "0.0.0.0/2"))).to.deep.equal([]);
    });

    it("does not count IPv4 and IPv6 together", () => {
        expect(paths(open("64.0.0.0/2", "2600::/8"))).to.deep.equal([]);
    });

    it("passes over blocks of the network that cannot be read", () => {
        expect(paths({ serviceCidr: "172.20.0.0/16" }, ["somewhere"])).to.deep.equal([]);
    });

    it("does not guess at principals known only later", () => {
        expect(paths(entry({ principalArn: Promise.resolve("?"), groups: ["viewers"] }))).to.deep.equal([]);
    });

    it("needs no administrator's entry while the ConfigMap is read", () => {
        expect(paths({ access: { authenticationMode: AuthenticationMode.ApiAndConfigMap } })).to.deep.equal([]);
    });

    it("takes add-ons of other vendors", () => {
        expect(paths(addon("kubecost_kubecost"))).to.deep.equal([]);
    });

    it("names everything that is wrong at once", () => {
        const rows = ROWS.filter(([, changes]) =>
            ["clusterName", "logging", "encryption", "webhookPorts"].includes(Object.keys(changes)[0] ?? ""),
        );
        const all = Object.assign({}, ...rows.map(([, changes]) => changes)) as Partial<EksClusterArgs>;
        expect(paths(all)).to.have.members(["clusterName", "logging.retentionDays", "encryption.deletionWindowDays", "webhookPorts[1]"]);
    });
});
