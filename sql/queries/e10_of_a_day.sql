-- What did each robot do with a day of its site, by the states of SEMI E10, and how much of it was seen?
SELECT robot_id,
       state,
       seconds,
       unobserved_seconds,
       sum(seconds) OVER (PARTITION BY robot_id) AS length_of_the_day
FROM kpi.e10('2026-11-23T17:00:00Z', '2026-11-24T17:00:00Z') -- 2026-11-24 in Asia/Ho_Chi_Minh
ORDER BY robot_id, state;
