"""Every measure of one network, by name: what a nodes and an edges file give."""

from collections.abc import Callable
from dataclasses import asdict, fields

import polars as pl

from networks.graphs import Network, both_ways, network
from networks.measures import brokerage, communities, composition, contacts, core, ego, groups, nodes, personal, whole
from networks.triangles import triangles

Value = object
"""A number, a list, a dict of these, or None where undefined: ready for JSON."""

_WHOLE: dict[str, Callable[[Network], Value]] = {
    "n": lambda net: net.n,
    "arcs": whole.arcs,
    "density": whole.density,
    "dyads_MAN": lambda net: list(whole.dyads(net)),
    "reciprocity_edgewise": whole.arc_reciprocity,
    "reciprocity_dyadic_nonnull": whole.dyad_reciprocity,
    "reciprocity_sna_dyadic_default": whole.agreeing_dyads,
    "centralization_in": lambda net: whole.degree_centralisation(net, "in"),
    "centralization_out": lambda net: whole.degree_centralisation(net, "out"),
    "igraph_transitivity_global_undirected": whole.undirected_transitivity,
    "transitivity_directed_weak": whole.weak_transitivity,
    "weak_components": lambda net: len(whole.components(net, "weak")),
    "strong_components": lambda net: len(whole.components(net, "strong")),
    "giant_weak": lambda net: max(whole.components(net, "weak"), default=0),
    "betweenness": nodes.betweenness,
    "centralization_betweenness_directed": whole.betweenness_centralisation,
    "constraint_burt_sum": lambda net: nodes.constraint(net.triangles),
    "effective_size_valued": lambda net: nodes.effective_size(net.triangles),
    "effective_size_borgatti_undirected": nodes.simple_effective_size,
    "efficiency_borgatti_undirected": nodes.simple_efficiency,
    "clustering_undirected": nodes.clustering,
    "coreness_undirected": nodes.coreness,
    "assortativity_degree_undirected": lambda net: groups.degree_assortativity(net, directed=False),
    "igraph_assortativity_degree_directed": lambda net: groups.degree_assortativity(net, directed=True),
    "sna_connectedness": whole.connectedness,
    "sna_hierarchy_krackhardt": whole.hierarchy,
    "sna_hierarchy_reciprocity": lambda net: _rest(whole.agreeing_dyads(net)),
    "sna_efficiency": whole.efficiency,
    "sna_lubness": whole.lubness,
    "sna_triad_census": whole.triad_census,
}


def _rest(share: float | None) -> float | None:
    return None if share is None else 1 - share


def _personal(net: Network) -> dict[str, Value]:
    """Each node's own network: its alters are those it names; flows go through it among all it is tied to."""
    found = [asdict(one) for one in personal.personals(net)]
    names = [one.name for one in fields(personal.Personal)]
    by_name: dict[str, Value] = {f"ego_{name}": [one[name] for one in found] for name in names}
    return by_name | {"ego_flow_betweenness": personal.flow_betweennesses(net)}


def _weighted(net: Network) -> dict[str, Value]:
    """What weights change, beside the same without them, by the names of the published tables."""
    if net.weighted is None:
        return {}
    plain, valued = net.triangles, triangles(net.weighted)
    hemmed, free = nodes.constraint(plain), nodes.effective_size(plain)
    return {
        "weight_total": float(net.weighted.sum()),
        "reciprocity_weighted": contacts.weighted_reciprocity(net.weighted),
        "constraint": hemmed,
        "constraint_unweighted": hemmed,
        "constraint_weighted": nodes.constraint(valued),
        "effective_size": free,
        "effective_size_unweighted": free,
        "effective_size_weighted": nodes.effective_size(valued),
    }


def _structure(net: Network, attribute: str | None, permutations: int, seed: int) -> dict[str, Value]:
    """Communities and the core: found by search, from a seed."""
    found = communities.communities(net, seed=seed)
    centre = core.core_periphery(net, permutations=permutations, seed=seed)
    structure: dict[str, Value] = {
        "leiden_undirected": None if found is None else asdict(found),
        "core_periphery_undirected": None if centre is None else asdict(centre),
    }
    if attribute is None:
        return structure
    agreement = (None, None) if found is None else communities.match(net, found.membership, attribute)
    return structure | {f"leiden_match_{attribute}": dict(zip(("ari", "nmi"), agreement, strict=True))}


def _brokerage(net: Network, attribute: str) -> dict[str, Value]:
    values, found = net.groups(attribute)
    sizes = [values.count(group) for group in found]
    by_node = brokerage.brokerage(net, attribute)
    totals, density = by_node.sum(axis=0), whole.density(net)
    name = f"gould_fernandez_{attribute}"
    chance = brokerage.expected(sizes, density)[0].tolist() if density is not None else None
    scores = brokerage.against_chance(totals, sizes, density) if density is not None else None
    return {
        f"{name}_node": by_node.tolist(),
        f"{name}_total": totals.tolist(),
        f"{name}_order": list(brokerage.ORDER),
        f"{name}_graph_expected_sna": chance,
        f"{name}_graph_z_sna": scores,
    }


def _grouped(net: Network, attribute: str) -> dict[str, Value]:
    labels, cells = groups.flow_matrix(net, attribute)
    shares, external = composition.compositions(net, attribute)
    return {
        f"assortativity_{attribute}": groups.assortativity(net, attribute),
        f"EI_network_{attribute}": groups.external_internal(net, attribute),
        f"modularity_partition_{attribute}_undirected": groups.modularity(net, attribute),
        f"flow_matrix_{attribute}": {"labels": labels, "cells": cells.tolist()},
        f"ego_{attribute}": [asdict(one) for one in ego.egos(net, attribute)],
        f"composition_{attribute}": shares,
        f"external_share_{attribute}": external,
        **_brokerage(net, attribute),
    }


def measure(
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    attribute: str | None = None,
    *,
    directed: bool = True,
    permutations: int = 0,
    seed: int = 1,
) -> dict[str, Value]:
    """Every measure of the network, by name, in nomination direction: source goes to target.

    Takes   nodes         id (any text, each once), and any further columns
            edges         source, target (ids), perhaps weight (above 0), perhaps line and file (for refusals); loops
                          dropped, doubles counted once with their weights added up
            attribute     the column of nodes that says each node's group, or None for no measure by group
            directed      False takes every tie to go both ways
            permutations  how many networks of chance the core is compared with; 0 for none
            seed          what the search for communities, and chance, begin from
    Gives   numbers, lists in the order of nodes, and tables, ready for JSON; None where a measure is undefined
    Refuses MissingColumn, DuplicateNode, UnknownNode, BadWeight, UnknownAttribute, each naming column, line and remedy.
    """
    found = network(nodes, edges)
    net = found if directed else both_ways(found)
    grouped = _grouped(net, attribute) if attribute is not None else {}
    plain = {name: one(net) for name, one in _WHOLE.items()}
    return plain | _personal(net) | _weighted(net) | grouped | _structure(net, attribute, permutations, seed)
