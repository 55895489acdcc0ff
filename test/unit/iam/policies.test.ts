import { expect } from "chai";
import * as fc from "fast-check";
import {
    INLINE_POLICY_LIMIT,
    MANAGED_POLICY_LIMIT,
    ManagedPolicy,
    cniClusterScopedPolicy,
    cniIpv4Policy,
    cniIpv6Policy,
    ec2Service,
    irsaTrust,
    managedPolicyArn,
    podIdentityTrust,
    policySize,
    serviceTrust,
} from "../../../components/iam";
import type { PolicyDocument, PolicyStatement } from "../../../components/iam";

const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];
const DESCRIBE = [
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
];

function statement(document: PolicyDocument, sid: string): PolicyStatement {
    const found = document.Statement.find(({ Sid }) => Sid === sid);
    if (found === undefined) {
        throw new Error(`no statement ${sid}`);
    }
    return found;
}

function actions(document: PolicyDocument): string[] {
    return document.Statement.flatMap(({ Action }) => Action).sort();
}

describe("cniIpv4Policy", () => {
    it("allows what AmazonEKS_CNI_Policy allows, no more and no less", () => {
        expect(actions(cniIpv4Policy("aws"))).to.deep.equal(
            [
                ...DESCRIBE,
                "ec2:AssignPrivateIpAddresses",
                "ec2:AttachNetworkInterface",
                "ec2:CreateNetworkInterface",
                "ec2:CreateTags",
                "ec2:DeleteNetworkInterface",
                "ec2:DetachNetworkInterface",
                "ec2:ModifyNetworkInterfaceAttribute",
                "ec2:UnassignPrivateIpAddresses",
            ].sort(),
        );
    });

    for (const partition of PARTITIONS) {
        it(`tags network interfaces only, in ${partition}`, () => {
            expect(statement(cniIpv4Policy(partition), "TagInterfaces").Resource).to.deep.equal([
                `arn:${partition}:ec2:*:*:network-interface/*`,
            ]);
        });
    }
});

describe("cniIpv6Policy", () => {
    it("assigns addresses, describes and tags, and moves no interface", () => {
        expect(actions(cniIpv6Policy("aws"))).to.deep.equal([...DESCRIBE, "ec2:AssignIpv6Addresses", "ec2:CreateTags"].sort());
    });

    for (const partition of PARTITIONS) {
        it(`tags network interfaces only, in ${partition}`, () => {
            expect(statement(cniIpv6Policy(partition), "TagInterfaces").Resource).to.deep.equal([
                `arn:${partition}:ec2:*:*:network-interface/*`,
            ]);
        });
    }
});

describe("cniClusterScopedPolicy", () => {
    const scoped = cniClusterScopedPolicy("aws", "prod", "vpc-1");
    const KEY = "cluster.k8s.amazonaws.com/name";

    it("allows nothing the IPv4 policy does not", () => {
        expect(actions(cniIpv4Policy("aws"))).to.include.members(actions(scoped));
    });

    it("allows everything the IPv4 policy does", () => {
        expect(actions(scoped)).to.include.members(actions(cniIpv4Policy("aws")));
    });

    it("creates interfaces only with the cluster's tag", () => {
        expect(statement(scoped, "CreateTagged").Condition).to.deep.equal({ StringEquals: { [`aws:RequestTag/${KEY}`]: "prod" } });
    });

    it("creates interfaces only in the VPC's subnets and groups", () => {
        expect(statement(scoped, "CreateIn")).to.deep.include({
            Resource: ["arn:aws:ec2:*:*:subnet/*", "arn:aws:ec2:*:*:security-group/*"],
            Condition: { ArnLike: { "ec2:Vpc": "arn:aws:ec2:*:*:vpc/vpc-1" } },
        });
    });

    it("creates interfaces in any VPC when none is named", () => {
        expect(statement(cniClusterScopedPolicy("aws", "prod"), "CreateIn")).not.to.have.property("Condition");
    });

    it("changes only interfaces with the cluster's tag", () => {
        const { Action, Condition } = statement(scoped, "OwnInterfaces");
        expect(Condition).to.deep.equal({ StringEquals: { [`aws:ResourceTag/${KEY}`]: "prod" } });
        expect(Action).to.have.members([
            "ec2:DeleteNetworkInterface",
            "ec2:UnassignPrivateIpAddresses",
            "ec2:AssignPrivateIpAddresses",
            "ec2:AttachNetworkInterface",
            "ec2:DetachNetworkInterface",
            "ec2:ModifyNetworkInterfaceAttribute",
        ]);
    });

    it("attaches only to instances the cluster owns", () => {
        const { Resource, Condition } = statement(scoped, "OwnInstances");
        expect(Resource).to.deep.equal(["arn:aws:ec2:*:*:instance/*"]);
        expect(Condition).to.deep.equal({ StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/prod": "owned" } });
    });

    it("describes without condition, because EC2 takes none there", () => {
        expect(statement(scoped, "Describe")).to.deep.include({ Resource: ["*"], Effect: "Allow" });
    });

    it("keeps its limits for the longest cluster name", () => {
        const size = policySize(cniClusterScopedPolicy("aws-us-gov", "c".repeat(100), `vpc-${"0".repeat(17)}`));
        expect(size).to.be.below(MANAGED_POLICY_LIMIT);
    });
});

describe("every CNI policy", () => {
    const documents = PARTITIONS.flatMap((partition) => [
        cniIpv4Policy(partition),
        cniIpv6Policy(partition),
        cniClusterScopedPolicy(partition, "prod", "vpc-1"),
    ]);

    it("fits into a managed policy, and beside others on one role", () => {
        const sizes = documents.map(policySize);
        expect(Math.max(...sizes)).to.be.below(Math.min(MANAGED_POLICY_LIMIT, INLINE_POLICY_LIMIT));
    });

    it("has a name of its own for each statement, of letters and digits", () => {
        for (const { Statement } of documents) {
            const names = Statement.map(({ Sid }) => Sid ?? "");
            expect(new Set(names).size).to.equal(names.length);
            expect(names.every((name) => /^[A-Za-z0-9]+$/.test(name))).to.equal(true);
        }
    });

    it("names only ARNs of its own partition", () => {
        for (const partition of PARTITIONS) {
            const arns = JSON.stringify(cniClusterScopedPolicy(partition, "prod", "vpc-1")).match(/arn:[^:]+:/g) ?? [];
            expect(new Set(arns)).to.deep.equal(new Set([`arn:${partition}:`]));
        }
    });
});

describe("policySize", () => {
    it("does not count white space, as AWS does not", () => {
        const document = cniIpv6Policy("aws");
        const spaced: PolicyDocument = { ...document, Statement: [{ Sid: "a b", Effect: "Allow", Action: ["x"] }] };
        expect(policySize(spaced)).to.equal(JSON.stringify(spaced).length - 1);
    });
});

describe("irsaTrust", () => {
    const provider = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC";
    const issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/ABC";

    it("admits one service account by audience and subject, both by equality", () => {
        expect(irsaTrust(provider, issuer, "kube-system", "aws-node").Statement).to.deep.equal([
            {
                Effect: "Allow",
                Principal: { Federated: provider },
                Action: ["sts:AssumeRoleWithWebIdentity"],
                Condition: {
                    StringEquals: {
                        "oidc.eks.eu-central-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
                        "oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:kube-system:aws-node",
                    },
                },
            },
        ]);
    });

    it("reads the same with and without the issuer's scheme", () => {
        expect(irsaTrust(provider, issuer.replace("https://", ""), "a", "b")).to.deep.equal(irsaTrust(provider, issuer, "a", "b"));
    });
});

describe("podIdentityTrust", () => {
    it("admits one service account of one cluster by its session tags", () => {
        const cluster = "arn:aws:eks:eu-central-1:123456789012:cluster/prod";
        expect(podIdentityTrust(cluster, "shop", "api").Statement).to.deep.equal([
            {
                Effect: "Allow",
                Principal: { Service: "pods.eks.amazonaws.com" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Condition: {
                    StringEquals: {
                        "aws:RequestTag/eks-cluster-arn": cluster,
                        "aws:RequestTag/kubernetes-namespace": "shop",
                        "aws:RequestTag/kubernetes-service-account": "api",
                    },
                },
            },
        ]);
    });
});

describe("every trust policy", () => {
    const LIMIT = 2048;

    it("is below the limit AWS sets, for any names Kubernetes takes", () => {
        const name = fc.stringMatching(/^[a-z0-9]{1,63}$/);
        fc.assert(
            fc.property(name, name, (namespace, account) => {
                const issuer = `https://oidc.eks.ap-northeast-1.amazonaws.com/id/${"A".repeat(32)}`;
                const provider = `arn:aws-us-gov:iam::123456789012:oidc-provider/${issuer.slice(8)}`;
                expect(policySize(irsaTrust(provider, issuer, namespace, account))).to.be.below(LIMIT);
                expect(
                    policySize(podIdentityTrust(`arn:aws:eks:x:123456789012:cluster/${"c".repeat(100)}`, namespace, account)),
                ).to.be.below(LIMIT);
            }),
        );
    });

    it("lets a service take a role", () => {
        expect(serviceTrust("eks.amazonaws.com", "sts:TagSession").Statement).to.deep.equal([
            { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] },
        ]);
    });

    it("spells EC2 as each partition does", () => {
        expect(PARTITIONS.map(ec2Service)).to.deep.equal(["ec2.amazonaws.com", "ec2.amazonaws.com.cn", "ec2.amazonaws.com"]);
    });
});

describe("managedPolicyArn", () => {
    for (const partition of PARTITIONS) {
        it(`lies in ${partition}`, () => {
            expect(managedPolicyArn(partition, ManagedPolicy.EksCni)).to.equal(`arn:${partition}:iam::aws:policy/AmazonEKS_CNI_Policy`);
        });
    }

    it("keeps the path of service roles", () => {
        expect(managedPolicyArn("aws", ManagedPolicy.EbsCsiDriver)).to.equal("arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2");
    });
});
