//! The deal with every clause kind of `tests/deals/all-kinds.toml`, made ready by hand: what the kernel runs without a
//! file. Every mechanism acts in it.

use clauseworth_kernel::calendar::{Day, Grid};
use clauseworth_kernel::plan::*;
use clauseworth_kernel::returns::Dates;

/// Numbers as they are given out, each a slot.
#[derive(Default)]
struct Numbers(Vec<f64>);

impl Numbers {
    fn x(&mut self, value: f64) -> Slot {
        self.0.push(value);
        Slot(self.0.len() as u32 - 1)
    }

    fn curve(&mut self, [run_rate, growth, terminal_growth, half_life]: [f64; 4]) -> Curve {
        Curve {
            run_rate: self.x(run_rate),
            growth: self.x(growth),
            terminal_growth: self.x(terminal_growth),
            half_life: self.x(half_life),
        }
    }

    fn line(&mut self, curve: [f64; 4], inference: [f64; 2]) -> PlannedLine {
        PlannedLine {
            curve: self.curve(curve),
            inference: self.x(inference[0]),
            terminal_inference: self.x(inference[1]),
        }
    }

    fn term(&mut self, clause: usize, from: f64, until: f64, on_agi: OnAgi) -> PlannedTerm {
        let tail = on_agi == OnAgi::Tail;
        PlannedTerm {
            clause,
            from: self.x(from),
            until: self.x(until),
            on_agi,
            tail_factor: self.x(if tail { 0.5 } else { 0.0 }),
            tail_years: self.x(if tail { 1.5 } else { 0.0 }),
        }
    }

    fn tranche(&mut self, [fraction, strike]: [f64; 2]) -> PlannedWarrantTranche {
        PlannedWarrantTranche {
            fraction: self.x(fraction),
            strike: self.x(strike),
            gw: None,
            value: None,
        }
    }
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn year(text: &str) -> f64 {
    day(text).year()
}

const NEVER: f64 = f64::INFINITY;

/// The plan and its inputs.
pub(crate) fn every_kind() -> (Plan, Vec<f64>) {
    let mut n = Numbers::default();
    let grid = Grid::new(day("2026-02-20"), day("2030-12-31")).unwrap();
    let start = grid.origin;
    let (early, late) = (n.x(0.15), n.x(0.12));
    let change = grid
        .middle
        .iter()
        .position(|m| start + m >= 2028.0)
        .unwrap();
    let rate = (0..grid.len()).map(|k| {
        let slot = if k < change { early } else { late };
        (slot, slot, 0.0)
    });
    let rate = Steps {
        quarters: rate.collect(),
    };
    let (first, last) = (n.x(0.7), n.x(0.4));
    let share = grid.middle.iter().map(|middle| {
        let part = (start + middle - start) / (2029.0 - start);
        if part < 1.0 {
            (first, last, part)
        } else {
            (last, last, 0.0)
        }
    });
    let share = Steps {
        quarters: share.collect(),
    };
    let tranches = |n: &mut Numbers, of: &[(&str, f64)]| {
        let tranche = of.iter().map(|(date, amount)| PlannedTranche {
            quarter: grid.quarter_of(day(date)).unwrap(),
            years: grid.year_fraction(day(date)),
            days: day(date).days_since(grid.effective),
            amount: n.x(*amount),
        });
        tranche.collect()
    };
    let mut history = Vec::new();
    let mut past = |n: &mut Numbers, clause: usize, date: &str, amount: f64| {
        let amount = n.x(amount);
        let days = day(date).days_since(grid.effective);
        history.push(PlannedHistory {
            clause,
            days,
            amount,
        });
        amount
    };
    let capital_history = vec![
        past(&mut n, 0, "2023-01-23", -3.0),
        past(&mut n, 0, "2024-10-02", -2.5),
    ];
    past(&mut n, 3, "2025-12-31", 0.4);
    let received = vec![past(&mut n, 13, "2025-06-30", 0.1)];
    let (commitment_from, commitment_until) = (year("2026-05-16"), year("2030-05-16"));
    let terms = vec![
        n.term(3, year("2026-04-01"), year("2030-07-01"), OnAgi::Tail),
        n.term(4, start, NEVER, OnAgi::Layer),
        n.term(5, commitment_from, commitment_until, OnAgi::Continue),
        n.term(6, start, NEVER, OnAgi::Continue),
        n.term(7, start, year("2030-10-01"), OnAgi::Stop),
        n.term(8, start, 2030.0, OnAgi::Continue),
        n.term(9, start, NEVER, OnAgi::Layer),
        n.term(13, 2027.0, NEVER, OnAgi::Continue),
    ];
    let warrant_on_lab = {
        let mut tranches = vec![
            n.tranche([0.02, 150.0]),
            n.tranche([0.01, 200.0]),
            n.tranche([0.01, 200.0]),
        ];
        tranches[1].gw = Some(n.x(1.5));
        tranches[2].value = Some(n.x(5000.0));
        tranches
    };
    let warrant_on_backer = {
        let mut tranche = n.tranche([0.002, 2800.0]);
        tranche.gw = Some(n.x(1.0));
        tranche.value = Some(n.x(3200.0));
        vec![tranche]
    };
    let mut discounting = vec![Discounting::Operating; 14];
    for (clause, kind) in [
        (0, Discounting::OnItsDate),
        (1, Discounting::OnItsDate),
        (2, Discounting::Equity),
        (5, Discounting::Contractual),
        (10, Discounting::Equity),
        (11, Discounting::Equity),
        (12, Discounting::Equity),
    ] {
        discounting[clause] = kind;
    }
    let plan = Plan {
        year_fractions: grid
            .payment
            .iter()
            .map(|d| grid.year_fraction(*d))
            .collect(),
        constants: Vec::new(),
        quantities: 0,
        clause_count: 14,
        enabled: (0..14).fold(ClauseSet::EMPTY, ClauseSet::with),
        discounting,
        agi: PlannedAgi {
            year: n.x(2028.4),
            verified: n.x(1.0),
            panel_delay: n.x(0.25),
            backer_year: n.x(NEVER),
            either: true,
            layer: n.x(0.4),
            growth_boost: n.x(0.2),
            boost_years: n.x(3.0),
            valuation_premium: n.x(0.15),
        },
        regulation: PlannedRegulation {
            acts: n.x(1.0),
            year: n.x(year("2027-06-10")),
            share_rate_cap: Some(n.x(0.08)),
            stake: Some((n.x(0.10), n.x(0.2))),
            end_exclusivity: Some(n.x(1.0)),
            hosting_share_cap: Some(n.x(0.3)),
        },
        lines: vec![
            n.line([12.0, 0.9, 0.03, 1.5], [0.4, 0.25]),
            n.line([4.0, 0.7, 0.03, 1.5], [0.6, 0.4]),
        ],
        devices: Some(PlannedDevices {
            launch: n.x(year("2026-06-15")),
            market: n.x(40.0),
            p: n.x(0.03),
            q: n.x(0.5),
            price: n.x(400.0),
            unit_cost: n.x(250.0),
            service_per_month: n.x(8.0),
            inference: n.x(0.5),
            terminal_inference: n.x(0.3),
        }),
        inference_half_life: n.x(2.0),
        training: n.curve([5.0, 0.8, 0.0, 1.0]),
        elsewhere: n.x(0.5),
        elsewhere_premium: n.x(0.12),
        loss_per_unserved: n.x(0.6),
        capacity: Some(PlannedCapacity {
            price: n.x(10.0),
            price_drift: n.x(-0.03),
            capacity: n.x(0.8),
            build_rate: n.x(0.5),
            chip_supply: Some(n.x(0.35)),
            accelerator_kw: n.x(1.4),
            pue: n.x(1.25),
            load: n.x(0.75),
            grid_intensity: n.x(320.0),
            water_per_kwh: n.x(1.1),
            land_per_gw: n.x(380.0),
        }),
        serving: PlannedServing::Infrastructure {
            power_price: n.x(65.0),
            power_price_drift: n.x(0.02),
            opex: n.x(0.35),
            opex_drift: n.x(0.03),
            resale: n.x(0.4),
            capex: n.x(36.0),
            capex_drift: n.x(-0.02),
            chip_fraction: n.x(0.6),
            chip_life: n.x(3.0),
            shell_life: n.x(18.0),
            lead: n.x(3.0),
            residual: n.x(0.8),
        },
        rates: PlannedRates {
            valuation: n.x(180.0),
            cash: n.x(6.5),
            min_cash: n.x(6.0),
            target_cash: n.x(16.0),
            raise_limit: Some(n.x(0.05)),
            cash_yield: n.x(0.03),
            tax_losses: n.x(4.0),
            terminal_pe: n.x(16.0),
            multiple_half_life: n.x(2.5),
            pool: n.x(0.02),
            opex_fixed: n.x(0.8),
            opex_ratio: n.x(0.6),
            opex_terminal_ratio: n.x(0.16),
            opex_half_life: n.x(1.5),
            discount_operating: n.x(0.09),
            discount_contractual: n.x(0.05),
            discount_equity: n.x(0.14),
            discount_lab: n.x(0.14),
            tax_backer: n.x(0.19),
            tax_lab: n.x(0.21),
            tax_gains: n.x(0.17),
            loss_limit: n.x(0.8),
            expensing: n.x(0.6),
        },
        backer_equity: Some(PlannedBackerEquity {
            value: n.x(3000.0),
            growth: n.x(0.08),
            volatility: n.x(0.0),
        }),
        volatility: n.x(0.0),
        products: vec![
            n.curve([3.0, 0.5, 0.04, 1.5]),
            n.curve([5.0, 0.5, 0.04, 1.5]),
        ],
        terms,
        capital: vec![
            PlannedCapital {
                clause: 0,
                tranches: tranches(&mut n, &[("2026-03-31", 4.0), ("2027-01-15", 3.0)]),
                history: capital_history,
            },
            PlannedCapital {
                clause: 1,
                tranches: tranches(&mut n, &[("2026-07-01", 1.0)]),
                history: Vec::new(),
            },
        ],
        equity: Some(PlannedEquity {
            clause: 2,
            fraction: n.x(0.24),
            exit: n.x(year("2030-08-31")),
            discount: n.x(0.08),
            participation: n.x(0.5),
        }),
        revenue_shares: vec![PlannedRevenueShare {
            clause: 3,
            rate,
            lines: vec![0, 3],
            cap: Some(n.x(22.0)),
            paid: n.x(0.4),
            pay_over: n.x(4.0),
        }],
        reverse_shares: vec![PlannedReverseShare {
            clause: 4,
            rate: n.x(0.15),
            product: 0,
        }],
        commitment: Some(PlannedCommitment {
            clause: 5,
            total: n.x(110.0),
            from: n.x(commitment_from),
            until: n.x(commitment_until),
            stops_on_agi: false,
            ramp: n.x(1.2),
            take_or_pay: n.x(0.9),
        }),
        hosting: Some(PlannedHosting {
            clause: 6,
            share,
            otherwise: n.x(0.2),
            premium: n.x(0.05),
        }),
        ip_rights: vec![PlannedIpRights {
            clause: 7,
            product: 1,
            margin: n.x(0.5),
            otherwise: n.x(0.3),
            cannibalises: n.x(0.08),
        }],
        apis: vec![PlannedApi {
            clause: 8,
            lines: vec![1],
            through: n.x(0.6),
            commission: n.x(0.12),
            otherwise: n.x(0.1),
        }],
        devices_clause: Some(PlannedDevicesClause {
            clause: 9,
            royalty: n.x(0.03),
            hosted: true,
        }),
        warrants: vec![
            PlannedWarrant {
                clause: 10,
                on_backer: false,
                expiry: n.x(year("2030-03-31")),
                tranches: warrant_on_lab,
            },
            PlannedWarrant {
                clause: 11,
                on_backer: true,
                expiry: n.x(year("2028-12-31")),
                tranches: warrant_on_backer,
            },
        ],
        milestones: vec![PlannedMilestone {
            clause: 12,
            per_gw: n.x(6.0),
            total: n.x(5.0),
        }],
        profit_share: Some(PlannedProfitShare {
            clause: 13,
            tiers: vec![
                (n.x(0.3), n.x(2.0)),
                (n.x(0.1), n.x(4.0)),
                (n.x(0.02), n.x(NEVER)),
            ],
            history: received,
        }),
        history: Vec::new(),
        dates: Dates::default(),
        grid: grid.clone(),
    };
    let plan = Plan {
        quantities: n.0.len(),
        dates: Dates::new(&grid, &plan.capital, &history),
        history,
        ..plan
    };
    (plan, n.0)
}
