//! The tree against the RFC's recursive definition, written out naively, and against its test vectors.
use log::merkle::*;
use proptest::prelude::*;

fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [only] => *only,
        more => {
            let (left, right) = more.split_at(1 << (more.len() - 1).ilog2());
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let middle = 1 << (leaves.len() - 1).ilog2();
    let (left, right) = leaves.split_at(middle);
    let (mut path, other) = if index < middle {
        (naive_path(index, left), naive_root(right))
    } else {
        (naive_path(index - middle, right), naive_root(left))
    };
    path.push(other);
    path
}

fn naive_proof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![naive_root(leaves)] };
    }
    let middle = 1 << (leaves.len() - 1).ilog2();
    let (left, right) = leaves.split_at(middle);
    let (mut proof, other) = if old <= middle {
        (naive_proof(old, left, whole), naive_root(right))
    } else {
        (naive_proof(old - middle, right, false), naive_root(left))
    };
    proof.push(other);
    proof
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn known(leaves: &[Hash]) -> impl Fn(Node) -> Option<Hash> + '_ {
    |node| {
        let from = (node.place << node.level) as usize;
        Some(naive_root(leaves.get(from..from + (1 << node.level))?))
    }
}

#[test]
fn the_test_vectors_of_certificate_transparency_hold() {
    let inputs =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut peaks = Peaks::default();
    assert_eq!(hex::encode(peaks.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (input, root) in inputs.iter().zip(roots) {
        peaks.push(leaf_hash(&hex::decode(input).unwrap()));
        assert_eq!(hex::encode(peaks.root()), root);
    }
}

#[test]
fn a_growing_tree_knows_its_head_and_the_path_of_its_next_entry() {
    let all = leaves(70);
    let mut peaks = Peaks::default();
    for n in 0..all.len() {
        assert_eq!(peaks.path_of_next(), naive_path(n, &all[..=n]));
        for (node, hash) in peaks.push(all[n]) {
            assert_eq!(known(&all)(node), Some(hash));
        }
        assert_eq!(peaks.root(), naive_root(&all[..=n]));
        assert_eq!(Peaks::read(n as u64 + 1, &peaks.to_bytes()), Some(peaks.clone()));
    }
}

#[test]
fn proofs_of_all_small_trees_are_those_of_the_rfc_and_hold() {
    let all = leaves(33);
    for size in 1..=all.len() {
        let tree = &all[..size];
        let root = naive_root(tree);
        for (index, leaf) in tree.iter().enumerate() {
            let path = resolve(&inclusion(index as u64, size as u64), known(tree)).unwrap();
            assert_eq!(path, naive_path(index, tree));
            assert_eq!(root_of_inclusion(*leaf, index as u64, size as u64, &path), Some(root));
        }
        for old in 1..=size {
            let path = resolve(&consistency(old as u64, size as u64), known(tree)).unwrap();
            assert_eq!(path, naive_proof(old, tree, true), "{old} of {size}");
            assert!(is_consistent(old as u64, size as u64, &naive_root(&all[..old]), &root, &path));
        }
    }
}

proptest! {
    #[test]
    fn another_entry_index_size_or_path_does_not_lead_to_the_head(
        size in 2usize..200, pick: prop::sample::Index, flip: prop::sample::Index, shift in 1u64..5,
    ) {
        let all = leaves(size);
        let index = pick.index(size);
        let root = Some(naive_root(&all));
        let path = naive_path(index, &all);
        let (at, n) = (index as u64, size as u64);
        let mut bent = path.clone();
        bent[flip.index(path.len())][flip.index(32)] ^= 1;
        prop_assert_ne!(root_of_inclusion(all[index], at, n, &bent), root);
        prop_assert_ne!(root_of_inclusion(leaf_hash(b"other"), at, n, &path), root);
        prop_assert_ne!(root_of_inclusion(all[index], (at + shift) % n.max(shift + 1), n, &path), root);
        prop_assert_ne!(root_of_inclusion(all[index], at, n, &path[1..]), root);
    }

    #[test]
    fn a_rewritten_history_is_not_consistent(size in 2usize..200, pick: prop::sample::Index, change: prop::sample::Index) {
        let all = leaves(size);
        let old = 1 + pick.index(size - 1);
        let path = naive_proof(old, &all, true);
        let (was, is) = (naive_root(&all[..old]), naive_root(&all));
        prop_assert!(is_consistent(old as u64, size as u64, &was, &is, &path));
        let mut other = all.clone();
        other[change.index(old)][0] ^= 1;
        let (rewritten, proof) = (naive_root(&other), naive_proof(old, &other, true));
        prop_assert!(!is_consistent(old as u64, size as u64, &was, &rewritten, &path));
        prop_assert!(!is_consistent(old as u64, size as u64, &was, &rewritten, &proof));
    }
}
